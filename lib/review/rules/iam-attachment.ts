import { referencesOf, textOf, textsOf, type Values } from '../../access';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

const HOLDERS: Readonly<Record<string, string>> = {
  aws_iam_user_policy_attachment: 'user',
  aws_iam_role_policy_attachment: 'role',
  aws_iam_group_policy_attachment: 'group',
  aws_iam_policy_attachment: 'users, roles and groups',
};

/** An IAM principal gets a managed policy. */
export const iamAttachment: ReviewRule = {
  id: 'iam-attachment',
  severity: 'medium',
  reason: 'It may do all that the policy allows, and what the policy allows later.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, after }) => {
      const holder = HOLDERS[type];
      if (holder === undefined || !after || (action !== 'create' && action !== 'replace')) {
        return [];
      }
      const arn = textOf(after.values.policy_arn);
      const made = referencesOf(after.values.policy_arn)[0]?.replace(/\.arn$/, '');
      const policy = plan.changes.find((change) => change.address === made)?.after?.values.name;
      return [
        {
          // The statements of a policy of this plan are findings of their own.
          severity: arn?.includes(':iam::aws:policy/')
            ? /\/(?:Administrator|PowerUser|IAMFull)/.test(arn)
              ? 'critical'
              : 'high'
            : made
              ? 'low'
              : undefined,
          sentence: say`IAM ${[holder]} ${holderOf(after.values, holder) ?? address} gets the policy ${textOf(policy) ?? arn ?? made ?? 'known after apply'}`,
          addresses: [address],
        },
      ];
    }),
};

function holderOf(values: Values, holder: string): string | undefined {
  const all = ['users', 'roles', 'groups'].flatMap((kind) => textsOf(values[kind]));
  return textOf(values[holder]) ?? (all.length > 0 ? all.join(', ') : undefined);
}
