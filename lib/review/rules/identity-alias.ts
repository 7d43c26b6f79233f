import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** Vault distinguishes callers in another way than before. */
export const identityAlias: ReviewRule = {
  id: 'identity-alias',
  severity: 'high',
  reason:
    'New logins get new entities, without the groups and metadata of the old ones; tokens already issued keep theirs.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }) =>
      type === 'vault_aws_auth_backend_config_identity' && before && after
        ? ['iam_alias', 'ec2_alias'].flatMap((attribute) => {
            const [was, is] = [textOf(before.values[attribute]), textOf(after.values[attribute])];
            return was === is || is === undefined
              ? []
              : [
                  {
                    sentence: say`${`auth/${textOf(after.values.backend) ?? 'aws'}`} names callers by ${is}, no longer by ${was ?? 'role_id'} (${attribute})`,
                    addresses: [address],
                  },
                ];
          })
        : [],
    ),
};
