import { textOf, textsOf } from '../../access';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** An IAM principal is deleted and made again: under the same name it has another unique ID. */
export const principalReplaced: ReviewRule = {
  id: 'principal-replaced',
  severity: 'high',
  reason: 'A role knows it by the ID that is gone: its logins stop until the role is written again.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before }) => {
      if ((type !== 'aws_iam_user' && type !== 'aws_iam_role') || action !== 'replace') {
        return [];
      }
      const arn = textOf(before?.values.arn);
      const name = arn ?? textOf(before?.values.name) ?? address;
      const bound = plan.changes.filter(
        (change) =>
          change.type === 'vault_aws_auth_backend_role' &&
          change.before?.values.resolve_aws_unique_ids === true &&
          arn !== undefined &&
          textsOf(change.before.values.bound_iam_principal_arns).includes(arn),
      );
      const kept = bound.filter((change) => change.action === 'no-op' || change.action === 'update');
      const rolesOf = (changes: typeof bound) =>
        names(changes.map((change) => textOf(change.before?.values.role) ?? change.address));
      const rewritten = bound.filter((change) => change.action === 'replace');
      return [
        kept.length > 0
          ? {
              sentence: say`${name} is made anew and can't log in any more by ${rolesOf(kept)}, which this plan doesn't write anew`,
              addresses: [address, ...kept.map((change) => change.address)],
            }
          : {
              severity: rewritten.length > 0 ? ('low' as const) : ('medium' as const),
              sentence:
                rewritten.length > 0
                  ? say`${name} is made anew; ${rolesOf(rewritten)} is written anew with it`
                  : say`${name} is made anew, with another unique ID: a role of another stack that is bound to it must be written again`,
              addresses: [address, ...rewritten.map((change) => change.address)],
            },
      ];
    }),
};
