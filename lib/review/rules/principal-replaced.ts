import { type Plan, type ResourceChange, textOf, textsOf } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** An IAM principal is deleted and created again: under the same name it has another unique ID. */
export const principalReplaced: ReviewRule = {
  id: 'principal-replaced',
  severity: 'high',
  reason: 'A role knows it by its old ID: its logins fail until the role is written again.',
  find: ({ plan, others }) =>
    plan.changes.flatMap(({ type, address, action, before }): Found[] => {
      if ((type !== 'aws_iam_user' && type !== 'aws_iam_role') || action !== 'replace') {
        return [];
      }
      const arn = textOf(before?.values.arn);
      const name = arn ?? textOf(before?.values.name) ?? address;
      const own = boundTo(arn, plan);
      const theirs = others.map((other) => ({ name: other.name, roles: boundTo(arn, other.plan) }));
      const kept = [own, ...theirs.map(({ roles }) => roles)].flat().filter(isKept);
      if (kept.length > 0) {
        const nobody = others.length > 0 ? 'no plan here writes' : "this plan doesn't write";
        return [
          {
            sentence: say`${name} is replaced and can no longer log in by ${rolesOf(kept)}, which ${[nobody]} again`,
            addresses: [address, ...own.filter(isKept).map((change) => change.address)],
          },
        ];
      }
      const rewritten = own.filter(isRewritten);
      const elsewhere = theirs.filter(({ roles }) => roles.some(isRewritten));
      return [
        ...(rewritten.length > 0
          ? [
              {
                severity: 'low' as const,
                sentence: say`${name} is replaced; ${rolesOf(rewritten)} is written again with it`,
                addresses: [address, ...rewritten.map((change) => change.address)],
              },
            ]
          : []),
        ...elsewhere.map((other) => ({
          severity: 'medium' as const,
          sentence: say`${name} is replaced; ${rolesOf(other.roles.filter(isRewritten))} is written again by the plan ${other.name}, which must be applied after this one`,
          addresses: [address],
        })),
        ...(rewritten.length + elsewhere.length === 0
          ? [
              {
                severity: 'medium' as const,
                sentence: say`${name} is replaced, with another unique ID: a role of another stack that is bound to it must be written again`,
                addresses: [address],
              },
            ]
          : []),
      ];
    }),
};

/** The roles of a plan that know the principal by its unique ID. */
function boundTo(arn: string | undefined, { changes }: Plan): ResourceChange[] {
  return changes.filter(
    ({ type, before }) =>
      type === 'vault_aws_auth_backend_role' &&
      before?.values.resolve_aws_unique_ids === true &&
      arn !== undefined &&
      textsOf(before.values.bound_iam_principal_arns).includes(arn),
  );
}

function isKept({ action }: ResourceChange): boolean {
  return action === 'no-op' || action === 'update';
}

function isRewritten({ action }: ResourceChange): boolean {
  return action === 'replace';
}

function rolesOf(changes: readonly ResourceChange[]) {
  return names(changes.map(({ before, address }) => textOf(before?.values.role) ?? address));
}
