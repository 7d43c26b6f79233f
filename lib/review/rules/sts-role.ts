import { textOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** Vault looks up principals of one more account, or by another role there. */
export const stsRole: ReviewRule = {
  id: 'sts-role',
  severity: 'high',
  reason:
    'Principals of that account can be bound from now on, and what its administrators make counts for Vault.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before, after }): Found[] => {
      if (type !== 'vault_aws_auth_backend_sts_role') {
        return [];
      }
      if (!after) {
        return action === 'delete'
          ? [
              {
                severity: 'medium',
                sentence: say`Vault looks up no principals of account ${textOf(before?.values.account_id) ?? address} any more: their logins fail`,
                addresses: [address],
              },
            ]
          : [];
      }
      const [account, role] = [textOf(after.values.account_id), textOf(after.values.sts_role)];
      const [was, oldRole] = [textOf(before?.values.account_id), textOf(before?.values.sts_role)];
      const found: Found[] = [];
      if (before === undefined || account !== was) {
        found.push({
          sentence: say`Vault looks up principals of account ${account ?? 'known after apply'} by ${role ?? 'a role known after apply'}`,
          addresses: [address],
        });
      } else if (role !== oldRole) {
        found.push({
          severity: 'medium',
          sentence: say`Vault looks up principals of account ${account ?? 'known after apply'} by ${role ?? 'a role known after apply'}, no longer by ${oldRole ?? 'none'}`,
          addresses: [address],
        });
      }
      if (
        textOf(before?.values.external_id) !== undefined &&
        textOf(after.values.external_id) === undefined
      ) {
        found.push({
          sentence: say`Vault sends no external ID any more when it looks up in account ${account ?? 'known after apply'}`,
          addresses: [address],
        });
      }
      return found;
    }),
};
