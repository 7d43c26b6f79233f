import { type Grant, widthOf } from '../../access';
import type { AccessDifference } from '../access-difference';
import type { ReviewRule } from '../rule';
import { names, plainText, say, type Sentence, verb, words } from '../sentence';

/**
 * Somebody may do more than before: by a new role, a new bind, another policy or a wider policy.
 *
 * Critical if everybody of any account gains, or somebody gets the policy `root`; high if many principals gain, or if
 * `sudo` is gained.
 */
export const accessGained: ReviewRule = {
  id: 'access-gained',
  severity: 'medium',
  reason: 'After the apply these principals can do this, from their next login or their next request.',
  find: ({ differences }) =>
    differences.flatMap(({ after, ...difference }) => {
      const gains = after ? gainsOf({ ...difference, after }) : [];
      return after === undefined || gains.length === 0
        ? []
        : [
            {
              severity: severityOf(after, difference),
              sentence: say`${after.principal.label} ${verb(after.principal, 'gain')} ${gains} ${through(after)}${whose(difference)}`,
              addresses: addressesOf(after),
            },
          ];
    }),
};

function gainsOf({ paths, gainedPolicies, notShown, before }: AccessDifference): Sentence {
  const byCapabilities = new Map<string, string[]>();
  for (const { path, gained } of paths.filter(({ gained }) => gained.length > 0)) {
    const said = plainText(words(gained));
    const others = byCapabilities.get(said);
    if (others) {
      others.push(path);
    } else {
      byCapabilities.set(said, [path]);
    }
  }
  const onPaths = [...byCapabilities].map(([capabilities, on]) => say`${[capabilities]} on ${names(on)}`);
  const hidden = new Set(notShown.map(({ policy }) => policy));
  const unseen = gainedPolicies.filter((policy) => hidden.has(policy));
  const same = gainedPolicies.filter((policy) => !hidden.has(policy));
  const all = [
    ...onPaths,
    ...(unseen.length > 0 ? [say`what ${names(unseen)} gives (not shown here)`] : []),
    ...(onPaths.length === 0 && before !== undefined && same.length > 0
      ? [say`the policy ${names(same)}, which adds nothing now,`]
      : []),
  ];
  if (all.length === 0 && before === undefined) {
    return say`a login that adds no policy`;
  }
  return all.flatMap((part, index): Sentence => (index === 0 ? part : ['; ', ...part]));
}

function severityOf(
  { principal }: Grant,
  { paths, gainedPolicies }: Pick<AccessDifference, 'paths' | 'gainedPolicies'>,
) {
  if (principal.kind === 'everybody' || gainedPolicies.includes('root')) {
    return 'critical';
  }
  const sudo = paths.some(({ gained }) => gained.includes('sudo'));
  return sudo || widthOf(principal) > 1 ? 'high' : 'medium';
}

/** By which role or group. */
export function through({ role, group }: Grant): Sentence {
  const byRole = role ? say`through role ${role.name}` : [];
  return group ? say`by the group ${group.name}${role ? [' ', ...byRole] : []}` : byRole;
}

/** Which policies behind it come from another plan. They count only if both plans use the same Vault. */
export function whose({ ofOthers }: Pick<AccessDifference, 'ofOthers'>): Sentence {
  const byPlan = new Map<string, string[]>();
  for (const { policy, plan } of ofOthers) {
    byPlan.set(plan, [...(byPlan.get(plan) ?? []), policy]);
  }
  const parts = [...byPlan].map(([plan, policies]) => say`${names(policies)} from the plan ${plan}`);
  return parts.length === 0
    ? []
    : [
        ' (',
        ...parts.flatMap((part, index): Sentence => (index === 0 ? part : ['; ', ...part])),
        ', if both use the same Vault)',
      ];
}

/** The role or group, then the rest. */
export function addressesOf({ role, group, entity }: Grant): string[] {
  return [entity?.address, group?.resource.address, role?.resource.address].filter(
    (address) => address !== undefined,
  );
}
