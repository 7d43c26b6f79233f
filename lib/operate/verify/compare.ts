import { CAPABILITIES, type Capability, decide, type PolicyRule } from '../../policy';
import { type DeclaredLogin, KNOWN_AT_APPLY } from './declared-login';
import type { PathReport } from './report';

/** The paths of the declared policies that Vault can be asked about: a template is filled in per token. */
export function pathsToAsk({ policies }: DeclaredLogin): string[] {
  return declaredPaths(policies.flatMap(({ rules }) => rules)).filter((path) => noteOn(path) === undefined);
}

/**
 * Each declared path with what is declared, all policies together, and what Vault says.
 *
 * @param actual Vault's answer by path; undefined if it could not be asked
 */
export function comparePaths(
  { policies }: DeclaredLogin,
  actual: Readonly<Record<string, readonly string[]>> | undefined,
): PathReport[] {
  const rules = policies.flatMap((policy) => policy.rules);
  return declaredPaths(rules).map((path) => {
    const declared = decide(rules, path);
    const note = noteOn(path);
    if (note !== undefined) {
      return { path, declared, note };
    }
    const given = actual?.[path];
    if (given === undefined) {
      return { path, declared };
    }
    const inVault = inOrder(given);
    return { path, declared, actual: inVault, agrees: inVault.join() === declared.join() };
  });
}

/** Policies that the token has and should not have, or lacks; Vault adds `default` itself. */
export function comparePolicies(login: DeclaredLogin, actual: readonly string[]): string[] {
  const declared = login.policies.map(({ name }) => name);
  const extra = [...new Set(actual)].filter((name) => name !== 'default' && !declared.includes(name));
  const lacking = declared.filter((name) => !actual.includes(name));
  return [
    ...extra.map(
      (name) => `policy '${name}': the token has it, and it is not declared for role '${login.role}'`,
    ),
    ...lacking.map(
      (name) => `policy '${name}': it is declared for role '${login.role}', and the token lacks it`,
    ),
  ];
}

function declaredPaths(rules: readonly PolicyRule[]): string[] {
  return [...new Set(rules.map(({ path }) => path))];
}

/** Why Vault can't be asked about a path; undefined if it can. */
function noteOn(path: string): string | undefined {
  if (path.includes('{{')) {
    return 'a templated path, which Vault fills in for each token';
  }
  return path.includes(KNOWN_AT_APPLY) ? 'a path with a part that only the apply knows' : undefined;
}

/** In the order of CAPABILITIES; a word that is none of them, such as `root`, comes first. */
function inOrder(capabilities: readonly string[]): string[] {
  const rank = (capability: string) => CAPABILITIES.indexOf(capability as Capability);
  return [...capabilities].sort((a, b) => rank(a) - rank(b));
}
