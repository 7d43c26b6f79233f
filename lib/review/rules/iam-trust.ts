import { iamDifferencesOf } from '../iam/difference';
import { widenedBy } from '../iam/wider';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** More principals can assume an IAM role, or they can do so under fewer conditions. */
export const iamTrust: ReviewRule = {
  id: 'iam-trust',
  severity: 'high',
  reason:
    'Anyone who assumes the role counts as the role: for AWS, and for every Vault role that is bound to it.',
  find: ({ plan }) =>
    iamDifferencesOf(plan)
      .filter(({ kind }) => kind === 'trust')
      .flatMap((difference): Found[] => {
        const { address, of, readable, removed } = difference;
        if (!readable) {
          return [
            {
              sentence: say`the trust of ${of} can't be read: it is hidden, or is no IAM policy`,
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
              : say`${of} can be assumed by ${names(principals)}${conditions === '' ? [] : say` if ${conditions}`}`,
            addresses: [address],
          };
        });
      }),
};

/** An AWS service assumes a role for a resource that is configured with it, such as an instance with its profile. */
function isService(principals: readonly string[]): boolean {
  return principals.every((principal) => principal.startsWith('Service:'));
}
