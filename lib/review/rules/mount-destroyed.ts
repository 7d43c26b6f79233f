import { readAccess } from '../../access';
import { textOf } from '../../terraform';
import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** The mount goes, with every role on it and every token that came from it. */
export const mountDestroyed: ReviewRule = {
  id: 'mount-destroyed',
  severity: 'critical',
  reason:
    'Vault revokes every token that a login at the mount gave, at once; a mount that is made anew has none of the old roles and entities.',
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
          sentence: say`${`auth/${path}`} is ${[action === 'replace' ? 'made anew' : 'destroyed']}: all its tokens end, and no login by its ${[counted]} works ${[action === 'replace' ? 'until they are written' : 'any more']}`,
          addresses: [address, ...roles.map(({ resource }) => resource.address)],
        },
      ];
    }),
};
