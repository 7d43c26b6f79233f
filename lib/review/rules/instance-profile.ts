import { sameValue, textOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** Instances with a profile are another IAM role than before. */
export const instanceProfile: ReviewRule = {
  id: 'instance-profile',
  severity: 'medium',
  reason:
    'Whatever runs on such an instance is the role: to AWS, and to every Vault role that is bound to it.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      const role = after?.values.role ?? null;
      // One without a role lets nobody be anything.
      if (type !== 'aws_iam_instance_profile' || role === null || sameValue(before?.values.role, role)) {
        return [];
      }
      const profile = textOf(after!.values.name) ?? address;
      return [
        {
          sentence: say`instances with the profile ${profile} are the IAM role ${textOf(role) ?? 'known after apply'} from now on`,
          addresses: [address],
        },
      ];
    }),
};
