import { decide, fillTemplates, hasWildcard, type PolicyRule, requestPath } from '../policy';
import type { AccessRow } from './access-rows';

/**
 * Who may do what on one concrete path. Rows stay where they allow something, and where they have policies whose rules
 * are not known, or perhaps another Vault's.
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

/** A rule with templates, filled so that it is one of the path if it can be, and noted what that takes. */
function filled(rule: PolicyRule, path: string, given: Set<string>): PolicyRule {
  const found = fillTemplates(rule.path, path);
  found?.values.forEach(([template, value]) => given.add(`${template} is ${value}`));
  return found ? { ...rule, path: found.path } : rule;
}
