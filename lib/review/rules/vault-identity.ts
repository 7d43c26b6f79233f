import { sameValue, textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

const IDENTITY = ['access_key', 'secret_key', 'secret_key_wo_version', 'role_arn', 'identity_token_audience'];

/** After the apply Vault uses another AWS identity. */
export const vaultIdentity: ReviewRule = {
  id: 'vault-identity',
  severity: 'medium',
  reason:
    'Vault looks callers up with this identity. Logins fail if it may not look them up; more logins work if it may look up more.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }) => {
      if (type !== 'vault_aws_auth_backend_client' || !before || !after) {
        return [];
      }
      const changed = IDENTITY.filter(
        (attribute) => !sameValue(before.values[attribute] || null, after.values[attribute] || null),
      );
      return changed.length === 0
        ? []
        : [
            {
              sentence: say`${`auth/${textOf(after.values.backend) ?? 'aws'}`} uses another ${names(changed)} for AWS`,
              addresses: [address],
            },
          ];
    }),
};
