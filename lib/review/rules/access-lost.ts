import type { AccessDifference } from '../access-difference';
import type { ReviewRule } from '../rule';
import { names, say, type Sentence, verb, words } from '../sentence';
import { addressesOf, through, whose } from './access-gained';

/** Somebody may do less than before. */
export const accessLost: ReviewRule = {
  id: 'access-lost',
  severity: 'low',
  reason:
    'Anyone who relies on it is refused: at the next request if a policy or a group changes, at the next login if a role changes.',
  find: ({ differences }) =>
    differences.flatMap((difference) => {
      const grant = difference.before;
      const losses = grant ? lossesOf(difference) : [];
      return grant === undefined || losses.length === 0
        ? []
        : [
            {
              // The lost policy may also deny. Then its loss gives access, and nobody can see how much.
              severity:
                difference.after && difference.lostUnseen.length > 0 ? ('medium' as const) : undefined,
              sentence: say`${grant.principal.label} ${verb(grant.principal, 'lose')} ${losses} ${through(grant)}${whose(difference)}`,
              addresses: addressesOf(grant),
            },
          ];
    }),
};

function lossesOf({ paths, lostPolicies, lostUnseen, before, after }: AccessDifference): Sentence {
  const lost = paths.filter(({ lost }) => lost.length > 0);
  // A member of a group, or an entity, can still log in without it.
  if (after === undefined && before?.group === undefined && before?.entity === undefined) {
    return say`the login`;
  }
  const unseen =
    lostUnseen.length === 0 ? [] : [say`what ${names(lostUnseen)} gives or denies (not shown here)`];
  const capabilities = [...new Set(lost.flatMap((path) => path.lost))];
  const onPaths =
    lost.length === 0 ? [] : [say`${words(capabilities)} on ${names(lost.map(({ path }) => path))}`];
  const hidden = new Set(lostUnseen);
  const same = lostPolicies.filter((policy) => !hidden.has(policy));
  const all = [
    ...onPaths,
    ...unseen,
    ...(onPaths.length === 0 && same.length > 0
      ? [say`the policy ${names(same)}, which changes nothing now,`]
      : []),
  ];
  return all.flatMap((part, index): Sentence => (index === 0 ? part : ['; ', ...part]));
}
