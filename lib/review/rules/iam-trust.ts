import { iamDifferencesOf } from '../iam/difference';
import { widenedBy } from '../iam/wider';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** An IAM role can be assumed by more than before, or under fewer conditions. */
export const iamTrust: ReviewRule = {
  id: 'iam-trust',
  severity: 'high',
  reason: 'Whoever may assume the role is the role: to AWS, and to every Vault role that is bound to it.',
  find: ({ plan }) =>
    iamDifferencesOf(plan)
      .filter(({ kind }) => kind === 'trust')
      .flatMap((difference): Found[] => {
        const { address, of, readable, removed } = difference;
        if (!readable) {
          return [
            {
              sentence: say`the trust of ${of} can't be read: it is hidden, or no IAM policy`,
              addresses: [address],
            },
          ];
        }
        return widenedBy(difference).map((statement) => {
          const { principals, conditions } = statement;
          const anybody =
            conditions === '' && principals.some((principal) => /^(?:AWS:)?\*$/.test(principal));
          return {
            severity: anybody ? 'critical' : isService(principals) ? 'low' : undefined,
            sentence: removed.includes(statement)
              ? say`${of} no longer refuses ${names(principals)}`
              : say`${of} can be assumed by ${names(principals)}${conditions === '' ? [] : say` where ${conditions}`}`,
            addresses: [address],
          };
        });
      }),
};

/** A service of AWS assumes a role for what is configured with it: an instance's role by its profile. */
function isService(principals: readonly string[]): boolean {
  return principals.every((principal) => principal.startsWith('Service:'));
}
