import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** The permissions boundary of an IAM principal is removed or replaced. */
export const permissionsBoundary: ReviewRule = {
  id: 'permissions-boundary',
  severity: 'high',
  reason: 'A boundary limits what other policies allow; without it they count in full.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }) => {
      const was = textOf(before?.values.permissions_boundary);
      if ((type !== 'aws_iam_user' && type !== 'aws_iam_role') || was === undefined || !after) {
        return [];
      }
      const is = textOf(after.values.permissions_boundary);
      return was === is
        ? []
        : [
            {
              sentence:
                is === undefined
                  ? say`${address} is no longer bounded by ${was}`
                  : say`${address} is bounded by ${is}, no longer by ${was}`,
              addresses: [address],
            },
          ];
    }),
};
