import type { Found, ReviewRule } from '../rule';
import { names, say, words } from '../sentence';

/** Somebody joins or leaves a group of Vault's identity store. */
export const groupMembership: ReviewRule = {
  id: 'group-membership',
  severity: 'medium',
  reason:
    'Members have the policies of their group at their next request, on tokens already issued too; who leaves loses them.',
  find: ({ before, after }) =>
    after.groups.flatMap(({ name, members, policies, resource }): Found[] => {
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
};
