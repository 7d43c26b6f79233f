import { sameValue, textOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** Instances with a profile have another IAM role than before. */
export const instanceProfile: ReviewRule = {
  id: 'instance-profile',
  severity: 'medium',
  reason:
    'Every program on such an instance counts as the role: for AWS, and for every Vault role that is bound to it.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      const role = after?.values.role ?? null;
      // A profile without a role gives nothing.
      if (type !== 'aws_iam_instance_profile' || role === null || sameValue(before?.values.role, role)) {
        return [];
      }
      const profile = textOf(after!.values.name) ?? address;
      return [
        {
          sentence: say`instances with the profile ${profile} have the IAM role ${textOf(role) ?? 'known after apply'} from now on`,
          addresses: [address],
        },
      ];
    }),
};
