import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A policy denies a path no longer. */
export const denyRemoved: ReviewRule = {
  id: 'deny-removed',
  severity: 'high',
  reason: 'A deny wins over what the token’s other policies allow on the same path; without it they count.',
  find: ({ policies }) =>
    policies.flatMap(({ name, address, rules, after }) => {
      const removed = rules
        .filter(
          ({ before, after: now }) =>
            before?.capabilities.includes('deny') && !now?.capabilities.includes('deny'),
        )
        .map(({ path }) => path);
      return removed.length === 0
        ? []
        : [
            {
              // Of a policy that goes as a whole only others can allow what it denied.
              severity: after.length === 0 ? ('medium' as const) : undefined,
              sentence: say`policy ${name} denies ${names(removed)} no longer`,
              addresses: [address],
            },
          ];
    }),
};
