import { textOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** A long-lived key is made, replaced or deleted. */
export const accessKey: ReviewRule = {
  id: 'access-key',
  severity: 'medium',
  reason: 'An access key never expires, and its secret is in the Terraform state.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before, after }): Found[] => {
      if (type !== 'aws_iam_access_key') {
        return [];
      }
      const user = textOf(after?.values.user) ?? textOf(before?.values.user) ?? 'known after apply';
      const addresses = [address];
      if (action === 'create') {
        return [{ sentence: say`IAM user ${user} gets a new long-lived access key`, addresses }];
      }
      if (action === 'replace') {
        return [
          {
            severity: 'low',
            sentence: say`the access key of IAM user ${user} is replaced: anyone who uses the old one elsewhere is refused`,
            addresses,
          },
        ];
      }
      if (action === 'delete') {
        return [
          {
            severity: 'low',
            sentence: say`an access key of IAM user ${user} is deleted: anyone who uses it is refused`,
            addresses,
          },
        ];
      }
      return before?.values.status === 'Inactive' && after?.values.status === 'Active'
        ? [{ sentence: say`an access key of IAM user ${user} is active again`, addresses }]
        : [];
    }),
};
