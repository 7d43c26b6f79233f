import { readAccess } from '../../access';
import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** The mount is destroyed, with every role on it and every token from it. */
export const mountDestroyed: ReviewRule = {
  id: 'mount-destroyed',
  severity: 'critical',
  reason:
    'Vault revokes every token from a login at the mount at once. A mount that replaces it has none of the old roles and entities.',
  find: ({ plan, before }) =>
    plan.changes.flatMap(({ type, address, action, before: was }) => {
      if (
        type !== 'vault_auth_backend' ||
        was?.values.type !== 'aws' ||
        (action !== 'delete' && action !== 'replace')
      ) {
        return [];
      }
      const path = [textOf(was.values.namespace), textOf(was.values.path) ?? 'aws']
        .flatMap((part) => part?.replace(/^\/|\/$/g, '') || [])
        .join('/');
      const roles = readAccess(before.resources).roles.filter(({ mount }) => mount === path);
      const counted = roles.length === 1 ? '1 role' : `${roles.length} roles`;
      return [
        {
          sentence: say`${`auth/${path}`} is ${[action === 'replace' ? 'replaced' : 'destroyed']}: all its tokens end, and no login by its ${[counted]} works ${[action === 'replace' ? 'until they are written again' : 'any more']}`,
          addresses: [address, ...roles.map(({ resource }) => resource.address)],
        },
      ];
    }),
};
