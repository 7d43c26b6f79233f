import { type PrincipalSet, readAccess, widthOf } from '../../access';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** From here on a principal is more than those whom somebody named: a wildcard, an account, everybody. */
const WIDE = 2;

/** A role that was for some is opened to whoever matches a wildcard, or is in an account. */
export const bindWidened: ReviewRule = {
  id: 'bind-widened',
  severity: 'high',
  reason: 'Whoever may make a principal of such a name, or in such an account, can let themselves in.',
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
