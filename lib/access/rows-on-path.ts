import { decide, type PolicyRule } from '../policy';
import type { AccessRow } from './access-rows';

/**
 * Who may do what on one concrete path. Rows stay where they allow something, and where they have policies whose rules
 * are not known, or perhaps another Vault's.
 *
 * @param path as in a request, without `v1/`; the row's namespace before it is left out
 */
export function rowsOnPath(rows: readonly AccessRow[], path: string): AccessRow[] {
  const asked = path.replace(/^\/+/, '');
  if (asked === '' || /[*+]$|(^|\/)\+\//.test(asked)) {
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

/** A rule with templates, where it can be one of the path: filled so that it is, and noted what that takes. */
function filled(rule: PolicyRule, path: string, given: Set<string>): PolicyRule {
  const templates = [...rule.path.matchAll(TEMPLATES)].map(([template]) => template);
  const [, ...values] = templates.length > 0 ? (patternOf(rule.path).exec(path) ?? []) : [];
  if (values.length === 0) {
    return rule;
  }
  templates.forEach((template, index) => given.add(`${template} is ${values[index]}`));
  let index = 0;
  return { ...rule, path: rule.path.replace(TEMPLATES, () => values[index++]!) };
}

const TEMPLATES = /\{\{.*?\}\}/g;

function patternOf(path: string): RegExp {
  const source = path
    .replace(/^\//, '')
    .split(/(\{\{.*?\}\}|(?<=^|\/)\+(?=\/|$)|\*$)/)
    .map((part) =>
      part.startsWith('{{')
        ? '([^/]+)'
        : part === '+'
          ? '[^/]+'
          : part === '*'
            ? '.*'
            : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
    );
  return new RegExp(`^${source.join('')}$`, 's');
}
