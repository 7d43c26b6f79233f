import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A policy no longer denies a path. */
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
              // If the whole policy is removed, only other policies can allow what it denied.
              severity: after.length === 0 ? ('medium' as const) : undefined,
              sentence: say`policy ${name} no longer denies ${names(removed)}`,
              addresses: [address],
            },
          ];
    }),
};
