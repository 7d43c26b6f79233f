import { readAccess } from '../../access';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A role goes, and with it the logins by it. Tokens that it gave live on. */
export const roleDestroyed: ReviewRule = {
  id: 'role-destroyed',
  severity: 'high',
  reason:
    'Nobody logs in by it any more, and tokens that it gave can’t be renewed; they live on until their TTL ends.',
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
