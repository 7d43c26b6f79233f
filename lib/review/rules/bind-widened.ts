import { type PrincipalSet, readAccess, widthOf } from '../../access';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** From this width on, a bind covers more than named principals: a wildcard, an account, everybody. */
const WIDE = 2;

/** A role is opened to all principals that match a wildcard, or to all of an account. */
export const bindWidened: ReviewRule = {
  id: 'bind-widened',
  severity: 'high',
  reason: 'Anyone who may create a principal with such a name, or in such an account, can get this access.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }) => {
      if (type !== 'vault_aws_auth_backend_role' || !before || !after) {
        return [];
      }
      const [was, is] = [before, after].map((side) => readAccess([side]).roles[0]!);
      const had = was!.principals.map(({ label }) => label);
      const widened = is!.principals.filter(
        (principal: PrincipalSet) => widthOf(principal) >= WIDE && !had.includes(principal.label),
      );
      return widened.length === 0
        ? []
        : [
            {
              severity: widened.some(({ kind }) => kind === 'everybody') ? ('critical' as const) : undefined,
              sentence: say`role ${is!.name} is opened to ${names(widened.map(({ label }) => label))}`,
              addresses: [address],
            },
          ];
    }),
};
