import type { TerraformStack } from 'cdktf';
import { combineRules, type PolicyRule } from '../../policy';
import { PATHS } from './paths';

/** What a deployer does: `plan` reads what is there; `apply` makes, changes and deletes it too. */
export type Deployment = 'plan' | 'apply';

/** A stack as Terraform reads it. */
interface StackJson {
  readonly provider?: { readonly vault?: readonly { readonly skip_child_token?: boolean }[] };
  readonly resource?: Readonly<Record<string, Resources>>;
  readonly data?: Readonly<Record<string, Resources>>;
}
type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The least Vault policy by which Terraform plans, or applies, this very stack: a rule for each path that its
 * resources and the provider ask for. Give it to whoever deploys, by a `VaultPolicy` in another stack.
 *
 * A name that is known only at apply stands as `+`. What is taken out of a stack is deleted by the rules of before:
 * apply first, then write the rules. A mount that moves needs `sys/remount` besides, which moves any mount.
 *
 * Who may write policies of a name may give them any content, and whoever has them: an apply is as strong as that.
 *
 * @throws Error where a resource of Vault is in the stack whose paths are not known here
 *
 * @example
 * new VaultPolicy(bootstrap, 'deployer', {
 *   policyName: 'deployer',
 *   rules: deployerRules(stack, 'apply'),
 * });
 */
export function deployerRules(stack: TerraformStack, deployment: Deployment): PolicyRule[] {
  stack.prepareStack();
  const json = stack.toTerraform() as StackJson;
  const unknown = [
    ...Object.keys(json.resource ?? {}),
    ...Object.keys(json.data ?? {}).map((type) => `data.${type}`),
  ].filter((type) => /^(?:data\.)?vault_/.test(type) && !Object.hasOwn(PATHS, type));
  if (unknown.length > 0) {
    throw new Error(`deployerRules: the paths of these resources are not known; got ${unknown.join(', ')}`);
  }
  const needs = Object.entries(PATHS).flatMap(([type, pathsOf]) =>
    Object.values(resourcesOf(json, type)).flatMap((resource) =>
      pathsOf((name) => literal(json, resource[name])),
    ),
  );
  const rules = needs
    .map(({ path, plan = [], apply }) => ({
      path,
      capabilities: deployment === 'plan' ? plan : [...plan, ...apply],
    }))
    .filter(({ capabilities }) => capabilities.length > 0);
  return combineRules(providerRules(json), rules).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the provider asks for before any resource. Source: `setClient` in its `internal/provider/meta.go`. */
function providerRules({ provider }: StackJson): PolicyRule[] {
  const skips = provider?.vault?.some(({ skip_child_token }) => skip_child_token);
  return [
    { path: 'auth/token/lookup-self', capabilities: ['read'] },
    ...(skips ? [] : [{ path: 'auth/token/create', capabilities: ['update'] as const }]),
  ];
}

function resourcesOf({ resource, data }: StackJson, type: string): Resources {
  return (type.startsWith('data.') ? data?.[type.slice('data.'.length)] : resource?.[type]) ?? {};
}

const REFERENCE = /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/;

/** The text of a field, through references to other resources of the stack. */
function literal(json: StackJson, value: unknown): string {
  // A field that is not text is a boolean or a number, or not set.
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  const [, type, name, field] = REFERENCE.exec(text) ?? [];
  if (type !== undefined && name !== undefined && field !== undefined) {
    const referred = json.resource?.[type]?.[name]?.[field];
    return referred === undefined ? '+' : literal(json, referred);
  }
  // A segment with a part that is known only at apply.
  return text.replace(/[^/]*\$\{.*\}[^/]*/g, '+');
}
