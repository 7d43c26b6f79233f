import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** A Vault policy changes, and its rules can't be shown. */
export const policyUnreadable: ReviewRule = {
  id: 'policy-unreadable',
  severity: 'high',
  reason: 'What it gives is in no other finding. Read its text, or write it so that this review can read it.',
  find: ({ policies }) =>
    policies.flatMap(({ name, address, notShown }) =>
      notShown === undefined
        ? []
        : [{ sentence: say`policy ${name} changes and can't be shown: ${notShown}`, addresses: [address] }],
    ),
};
