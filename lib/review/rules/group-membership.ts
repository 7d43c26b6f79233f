import { hasUnknown, type Resource, textOf, textsOf, type Value } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say, words } from '../sentence';

/** Somebody joins or leaves a group, of Vault's identity store or of IAM. */
export const groupMembership: ReviewRule = {
  id: 'group-membership',
  severity: 'medium',
  reason:
    'Members get the policies of their group at their next request, also on tokens already issued. A member who leaves loses them.',
  find: ({ plan, before, after }) => [
    ...after.groups.flatMap(({ name, members, policies, resource }): Found[] => {
      const old = before.groups.find((group) => group.resource.address === resource.address);
      if (members === undefined || old?.members === undefined) {
        return [];
      }
      const joined = members.filter((member) => !old.members!.includes(member));
      const left = old.members.filter((member) => !members.includes(member));
      const gives = policies.length === 0 ? [] : say`, which gives ${names(policies)}`;
      return [
        ...(joined.length > 0
          ? [
              {
                sentence: say`${names(joined)} ${words([joined.length === 1 ? 'joins' : 'join'])} the group ${name}${gives}`,
                addresses: [resource.address],
              },
            ]
          : []),
        ...(left.length > 0
          ? [
              {
                severity: 'low' as const,
                sentence: say`${names(left)} ${words([left.length === 1 ? 'leaves' : 'leave'])} the group ${name}`,
                addresses: [resource.address],
              },
            ]
          : []),
      ];
    }),
    ...plan.changes.flatMap((change): Found[] => {
      const [old, now] = [change.before, change.after].map((side) => (side ? iamMembersOf(side) : []));
      const without = (all: readonly IamMember[], others: readonly IamMember[]) =>
        all.filter(
          ({ user, group }) => !others.some((other) => other.user === user && other.group === group),
        );
      const addresses = [change.address];
      return [
        ...without(now!, old!).map(({ user, group }) => ({
          sentence: say`IAM user ${user} joins the IAM group ${group}, and may do what the group may do in AWS, and in Vault if the group counts there`,
          addresses,
        })),
        ...without(old!, now!).map(({ user, group }) => ({
          severity: 'low' as const,
          sentence: say`IAM user ${user} leaves the IAM group ${group}`,
          addresses,
        })),
      ];
    }),
  ],
};

interface IamMember {
  readonly user: string;
  readonly group: string;
}

/** Members of IAM groups, by a resource that is about one group or about one user. */
function iamMembersOf({ type, values }: Resource): IamMember[] {
  const one = (value: Value) => textOf(value) ?? 'known after apply';
  const several = (value: Value) => [...textsOf(value), ...(hasUnknown(value) ? ['known after apply'] : [])];
  switch (type) {
    case 'aws_iam_group_membership':
      return several(values.users).map((user) => ({ user, group: one(values.group) }));
    case 'aws_iam_user_group_membership':
      return several(values.groups).map((group) => ({ user: one(values.user), group }));
    default:
      return [];
  }
}
