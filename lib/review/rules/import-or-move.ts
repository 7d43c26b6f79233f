import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** Terraform imports a resource, moves it to another address, or forgets it. */
export const importOrMove: ReviewRule = {
  id: 'import-or-move',
  severity: 'info',
  reason: 'By itself it changes nothing in Vault or AWS.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ address, imported, previousAddress, action }): Found[] => {
      const then = action === 'no-op' ? [' and not changed'] : [', and then changed'];
      return [
        ...(action === 'forget'
          ? [
              {
                severity: 'low' as const,
                sentence: say`${address} stays as it is, and Terraform no longer manages it`,
                addresses: [address],
              },
            ]
          : []),
        ...(imported ? [{ sentence: say`${address} is imported${then}`, addresses: [address] }] : []),
        ...(previousAddress !== undefined && previousAddress !== address
          ? [{ sentence: say`${previousAddress} is moved to ${address}${then}`, addresses: [address] }]
          : []),
      ];
    }),
};
