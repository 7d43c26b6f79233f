import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** Terraform takes something into its state, or finds it under another address. */
export const importOrMove: ReviewRule = {
  id: 'import-or-move',
  severity: 'info',
  reason: 'By itself it changes nothing in Vault or AWS.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ address, imported, previousAddress, action }): Found[] => {
      const then = action === 'no-op' ? [' and not changed'] : [', and then changed'];
      return [
        ...(imported ? [{ sentence: say`${address} is imported${then}`, addresses: [address] }] : []),
        ...(previousAddress !== undefined && previousAddress !== address
          ? [{ sentence: say`${previousAddress} is ${address} from now on${then}`, addresses: [address] }]
          : []),
      ];
    }),
};
