import type { AccessDifference } from '../access-difference';
import type { ReviewRule } from '../rule';
import { names, say, type Sentence, verb, words } from '../sentence';
import { addressesOf, through } from './access-gained';

/** Somebody may do less than before. */
export const accessLost: ReviewRule = {
  id: 'access-lost',
  severity: 'low',
  reason:
    'Who relies on it is refused: at the next request where a policy or a group changes, at the next login where a role does.',
  find: ({ differences }) =>
    differences.flatMap((difference) => {
      const grant = difference.before;
      const losses = grant ? lossesOf(difference) : [];
      return grant === undefined || losses.length === 0
        ? []
        : [
            {
              sentence: say`${grant.principal.label} ${verb(grant.principal, 'lose')} ${losses} ${through(grant)}`,
              addresses: addressesOf(grant),
            },
          ];
    }),
};

function lossesOf({ paths, lostPolicies, after }: AccessDifference): Sentence {
  const lost = paths.filter(({ lost }) => lost.length > 0);
  if (after === undefined) {
    return say`the login`;
  }
  if (lost.length === 0) {
    return lostPolicies.length === 0 ? [] : say`${names(lostPolicies)}`;
  }
  const capabilities = [...new Set(lost.flatMap((path) => path.lost))];
  return say`${words(capabilities)} on ${names(lost.map(({ path }) => path))}`;
}
