import { readAccess } from '../../access';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A role is destroyed, and logins by it fail. Tokens that it issued live on. */
export const roleDestroyed: ReviewRule = {
  id: 'role-destroyed',
  severity: 'high',
  reason:
    'Nobody can log in by it any more. Tokens that it issued can’t be renewed, but live on until their TTL ends.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before }) => {
      if (type !== 'vault_aws_auth_backend_role' || action !== 'delete' || !before) {
        return [];
      }
      const { name, mount, principals } = readAccess([before]).roles[0]!;
      return [
        {
          sentence: say`role ${name} at ${`auth/${mount}`} is destroyed: it let in ${names(principals.map(({ label }) => label))}`,
          addresses: [address],
        },
      ];
    }),
};
