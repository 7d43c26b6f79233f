import { type Resource, textOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say, type Sentence, words } from '../sentence';

/** A user or group of IAM Identity Center gets or loses a permission set in an account. */
export const accountAssignment: ReviewRule = {
  id: 'account-assignment',
  severity: 'medium',
  reason:
    'The user or group can assume the role AWSReservedSSO_… there. It then counts as the role for AWS, and for every Vault role that is bound to the permission set.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before, after }): Found[] => {
      if (type !== 'aws_ssoadmin_account_assignment' || action === 'no-op') {
        return [];
      }
      // Terraform never updates an assignment: it replaces it.
      return [
        ...(after ? [{ sentence: said(after, 'gets'), addresses: [address] }] : []),
        ...(before && action !== 'update'
          ? [{ severity: 'low' as const, sentence: said(before, 'loses'), addresses: [address] }]
          : []),
      ];
    }),
};

function said({ values }: Resource, verb: string): Sentence {
  const known = (name: string) => textOf(values[name]) ?? 'known after apply';
  const kind = values.principal_type === 'USER' ? 'user' : 'group';
  return say`Identity Center ${words([kind])} ${known('principal_id')} ${words([verb])} the permission set ${known('permission_set_arn')} in account ${known('target_id')}`;
}
