import type { IamDifference } from './difference';
import type { Statement } from '../../iam';

/** What a document allows newly: every statement that no former one covers. */
export function widenedBy({ added, removed }: IamDifference): Statement[] {
  const allows = added.filter(
    ({ effect, ...statement }) =>
      effect === 'Allow' && !removed.some((former) => former.effect === 'Allow' && covers(former, statement)),
  );
  // A Deny that is removed, or is narrower, also allows more.
  const denied = removed.filter(
    ({ effect, ...statement }) =>
      effect === 'Deny' && !added.some((now) => now.effect === 'Deny' && covers(now, statement)),
  );
  return [...allows, ...denied];
}

type Scope = Omit<Statement, 'effect'>;

/** Whether one statement covers all that another covers. A condition narrows. */
function covers(wide: Scope, narrow: Scope): boolean {
  return (
    (wide.conditions === '' || wide.conditions === narrow.conditions) &&
    all(wide.actions, narrow.actions, true) &&
    all(wide.resources, narrow.resources, false) &&
    all(wide.principals, narrow.principals, false)
  );
}

function all(wide: readonly string[], narrow: readonly string[], ignoreCase: boolean): boolean {
  return narrow.every((value) => wide.some((pattern) => matchesWildcard(pattern, value, ignoreCase)));
}

/** `*` matches any text and `?` one character. The compared value may have both, too. */
function matchesWildcard(pattern: string, value: string, ignoreCase: boolean): boolean {
  const [left, right] = ignoreCase ? [pattern.toLowerCase(), value.toLowerCase()] : [pattern, value];
  // A `NotAction` covers only itself here: a finding too many is better than one too few.
  return (
    left === right ||
    (!left.startsWith('all but ') && !right.startsWith('all but ') && glob(left).test(right))
  );
}

function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${source}$`, 's');
}
