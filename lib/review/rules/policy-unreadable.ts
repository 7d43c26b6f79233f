import { sayNotJudged } from '../not-judged';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** A Vault policy changes, and its rules can't be shown, or blocks in it change that are not judged. */
export const policyUnreadable: ReviewRule = {
  id: 'policy-unreadable',
  severity: 'high',
  reason: 'What it gives is in no other finding: read its text.',
  find: ({ policies }) =>
    policies.flatMap(({ name, address, notShown, notJudged, unjudgedChange }) => {
      if (notShown !== undefined) {
        return [
          { sentence: say`policy ${name} changes and can't be shown: ${notShown}`, addresses: [address] },
        ];
      }
      return unjudgedChange
        ? [{ sentence: say`policy ${name} changes what is ${sayNotJudged(notJudged)}`, addresses: [address] }]
        : [];
    }),
};
