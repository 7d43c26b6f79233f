import { textOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

/** Vault looks up principals of another account, or looks them up by another role. */
export const stsRole: ReviewRule = {
  id: 'sts-role',
  severity: 'high',
  reason:
    'Roles can be bound to principals of that account, and Vault accepts the principals that its administrators create.',
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
                sentence: say`Vault no longer looks up principals of account ${textOf(before?.values.account_id) ?? address}: their logins fail`,
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
          sentence: say`Vault no longer sends an external ID when it looks up principals of account ${account ?? 'known after apply'}`,
          addresses: [address],
        });
      }
      return found;
    }),
};
