import type { TerraformStack } from 'cdktf';
import { combineRules, type PolicyRule } from '../../../policy';
import type { Blocks, SynthJson } from '../../../terraform';
import { fieldsIn } from './fields';
import { PATHS } from './paths';

/** What a deployer does: `plan` reads what is there; `apply` makes, changes and deletes it too. */
export type Deployment = 'plan' | 'apply';

/**
 * The least Vault policy with which Terraform plans, or applies, this stack: a rule for each path that its resources
 * and the provider use. Give it to the deployer, by a `VaultPolicy` in another stack.
 *
 * A name that is known only at apply is written as `+`. The earlier rules delete what you remove from a stack: apply
 * first, then write the new rules. A mount that moves also needs `sys/remount`, which moves any mount.
 *
 * A deployer that may write a policy may give it any content. So an apply can give any access to the holders of that
 * policy.
 *
 * @throws Error if the stack has a resource of Vault whose paths are not known here, or one whose whole path is known
 *   only at apply
 *
 * @example
 * new VaultPolicy(bootstrap, 'deployer', {
 *   policyName: 'deployer',
 *   rules: deployerRules(stack, 'apply'),
 * });
 */
export function deployerRules(stack: TerraformStack, deployment: Deployment): PolicyRule[] {
  stack.prepareStack();
  return rulesOfSynthesized(stack.toTerraform() as SynthJson, deployment);
}

/** The same for a stack that was synthesized before. @throws Error as {@link deployerRules} does */
export function rulesOfSynthesized(json: SynthJson, deployment: Deployment): PolicyRule[] {
  const fieldsOf = fieldsIn(json);
  const unknown = [
    ...Object.keys(json.resource ?? {}),
    ...Object.keys(json.data ?? {}).map((type) => `data.${type}`),
  ].filter((type) => /^(?:data\.)?vault_/.test(type) && !Object.hasOwn(PATHS, type));
  if (unknown.length > 0) {
    throw new Error(`deployerRules: the paths of these resources are not known; got ${unknown.join(', ')}`);
  }
  const needs = Object.entries(PATHS).flatMap(([type, pathsOf]) =>
    Object.values(resourcesOf(json, type)).flatMap((resource) => pathsOf(fieldsOf(resource))),
  );
  if (needs.some(({ path }) => path === '+')) {
    throw new Error(
      'deployerRules: a path is known only at apply, and a wildcard for it would match all of Vault',
    );
  }
  const rules = needs
    .map(({ path, plan = [], apply }) => ({
      path,
      capabilities: deployment === 'plan' ? plan : [...plan, ...apply],
    }))
    .filter(({ capabilities }) => capabilities.length > 0);
  return combineRules(providerRules(json), rules).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the provider asks for before any resource. Source: `setClient` in its `internal/provider/meta.go`. */
function providerRules({ provider }: SynthJson): PolicyRule[] {
  const skips = provider?.vault?.some(({ skip_child_token }) => skip_child_token);
  return [
    { path: 'auth/token/lookup-self', capabilities: ['read'] },
    ...(skips ? [] : [{ path: 'auth/token/create', capabilities: ['update'] as const }]),
  ];
}

function resourcesOf({ resource, data }: SynthJson, type: string): Blocks[string] {
  return (type.startsWith('data.') ? data?.[type.slice('data.'.length)] : resource?.[type]) ?? {};
}
