import { decide, type PolicyRule } from '../policy';
import type { AccessRow } from './access-rows';

/**
 * Who may do what on one concrete path. Rows stay where they allow something, and where they have policies whose rules
 * are not known.
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
    const { rules, given } = filled(row.rules, within);
    const capabilities = decide(rules, within);
    const allowed = !capabilities.includes('deny');
    if (!allowed && row.notShown.length === 0) {
      return [];
    }
    return [
      {
        ...row,
        paths: allowed ? [{ path: asked, capabilities }] : [],
        conditions: [...row.conditions, ...given],
      },
    ];
  });
}

/** Templates, filled so that their rules are those of the path, and what that takes. */
function filled(rules: readonly PolicyRule[], path: string): { rules: PolicyRule[]; given: string[] } {
  const given = new Set<string>();
  return {
    rules: rules.map((rule) => {
      const templates = [...rule.path.matchAll(/\{\{.*?\}\}/g)].map(([template]) => template);
      const [, ...values] = templates.length > 0 ? (patternOf(rule.path).exec(path) ?? []) : [];
      if (values.length === 0) {
        return rule;
      }
      templates.forEach((template, index) => given.add(`${template} is ${values[index]}`));
      let index = 0;
      return { ...rule, path: rule.path.replace(/\{\{.*?\}\}/g, () => values[index++]!) };
    }),
    given: [...given],
  };
}

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
