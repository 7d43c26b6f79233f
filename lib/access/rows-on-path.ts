import { decide, fillTemplates, hasWildcard, type PolicyRule, requestPath } from '../policy';
import type { AccessRow } from './access-rows';

/**
 * Who may do what on one concrete path. A row stays if it allows something, or if it has policies whose rules are not
 * known, or are perhaps of another Vault.
 *
 * @param path as in a request, without `v1/`; the row's namespace before it is left out
 */
export function rowsOnPath(rows: readonly AccessRow[], path: string): AccessRow[] {
  const asked = requestPath(path);
  if (asked === '' || hasWildcard(asked)) {
    throw new Error(`--path: must be one path without wildcards, such as secret/data/app; got '${path}'`);
  }
  return rows.flatMap((row) => {
    const { namespace } = row.grant;
    const within =
      namespace !== '' && asked.startsWith(`${namespace}/`) ? asked.slice(namespace.length + 1) : asked;
    const given = new Set<string>();
    const policies = row.policies.map(({ policy, rules }) => ({
      policy,
      rules: rules?.map((rule) => filled(rule, within, given)),
    }));
    const capabilities = decide(
      policies.flatMap(({ rules }) => rules ?? []),
      within,
    );
    const allowed = !capabilities.includes('deny');
    if (!allowed && row.notShown.length + row.ofOthers.length === 0) {
      return [];
    }
    return [
      {
        ...row,
        policies,
        paths: allowed ? [{ path: within, capabilities }] : [],
        conditions: [...row.conditions, ...given],
      },
    ];
  });
}

/** Fills the templates of a rule so that it matches the path, if that is possible, and notes the values. */
function filled(rule: PolicyRule, path: string, given: Set<string>): PolicyRule {
  const found = fillTemplates(rule.path, path);
  found?.values.forEach(([template, value]) => given.add(`${template} is ${value}`));
  return found ? { ...rule, path: found.path } : rule;
}
