import type { PolicyRule } from './rule';

/**
 * Joins lists of rules into one list. Rules of the same path become one rule with the capabilities of all, as
 * Vault itself merges them. Only rules that have just a path and capabilities are merged. A rule with
 * parameters or wrapping TTLs stays as it is, and `checkRules` names the path that is then in the list twice.
 *
 * @example
 * combineRules(kv2.read('secret', 'app/*'), kv2.write('secret', 'app/*'))
 */
export function combineRules(...lists: readonly (readonly PolicyRule[])[]): PolicyRule[] {
  const combined: PolicyRule[] = [];
  for (const rule of lists.flat()) {
    const index = combined.findIndex((other) => other.path === rule.path && isPlain(other));
    const earlier = combined[index];
    if (earlier === undefined || !isPlain(rule)) {
      combined.push(rule);
    } else {
      const capabilities = [...new Set([...earlier.capabilities, ...rule.capabilities])];
      combined[index] = { path: rule.path, capabilities };
    }
  }
  return combined;
}

function isPlain(rule: PolicyRule): boolean {
  const constraints = { ...rule, path: undefined, capabilities: undefined };
  return Object.values(constraints).every((constraint) => constraint === undefined);
}
