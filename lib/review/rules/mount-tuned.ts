import { hasUnknown, sameValue, textOf, textsOf, type Value, type Values } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** A setting for all roles of a mount changes: how long tokens live, which type they have, who sees the mount. */
export const mountTuned: ReviewRule = {
  id: 'mount-tuned',
  severity: 'medium',
  reason: 'It counts for every role that does not set its own value.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      if (type !== 'vault_auth_backend' || after?.values.type !== 'aws' || !before) {
        return [];
      }
      const [was, is] = [tuneOf(before.values), tuneOf(after.values)];
      const [from, to] = [before, after].map(({ values }) => `auth/${textOf(values.path) ?? 'aws'}`);
      const tuned = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
      return [
        ...(from !== to && !hasUnknown(after.values.path)
          ? [
              {
                severity: 'high' as const,
                sentence: say`${from!} moves to ${to!}: logins at the old path are refused`,
                addresses: [address],
              },
            ]
          : []),
        ...tuned
          .filter((name) => !hasUnknown(is[name]) && !sameValue(normal(was[name]), normal(is[name])))
          .map((name) => ({
            sentence: say`${to!}: ${name} goes from ${show(was[name])} to ${show(is[name])}`,
            addresses: [address],
          })),
      ];
    }),
};

function tuneOf({ tune }: Values): Values {
  const [first] = Array.isArray(tune) ? (tune as readonly Values[]) : [];
  return first ?? {};
}

/** Nothing, an empty text and an empty list are the same to Vault. */
function normal(value: Value): Value {
  return value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

function show(value: Value): string {
  return textOf(value) ?? (textsOf(value).join(', ') || "Vault's default");
}
