import type { PrincipalFacts, RoleBinds } from '../../access';
import { canonicalArn, parsePrincipal, type Principal } from '../../iam';

/** Why a login would be refused, one sentence each. */
export interface Reason {
  readonly cause: string;
  /** What to do about it. */
  readonly action: string;
}

/** Why none of a role's binds lets a principal in: what is missing in each bind that means it. */
export function whyRefused(
  role: RoleBinds,
  principal: Principal,
  { uniqueId, fullArn }: PrincipalFacts,
): Reason[] {
  const canonical = canonicalArn(principal);
  const reasons = role.bound_iam_principal_arn.flatMap((bind): Reason[] => {
    if (bind.endsWith('*')) {
      return fullArn !== undefined && canonical.startsWith(bind.slice(0, -1))
        ? [
            {
              cause: `The bind '${bind}' is matched against the ARN with the path, and that is '${fullArn}'.`,
              action: `Bind '${fullArn}', or a path before the '*' that it begins with.`,
            },
          ]
        : [];
    }
    if (meantBy(bind) !== canonical) {
      return [];
    }
    if (!role.resolve_aws_unique_ids) {
      return [
        {
          cause: `The bind '${bind}' never matches: with resolve_aws_unique_ids=false Vault compares ARNs without path and session.`,
          action: `Bind '${canonical}'.`,
        },
      ];
    }
    return uniqueId === undefined
      ? []
      : [
          {
            cause:
              `The bind '${bind}' was resolved to another unique ID than '${uniqueId}': the principal was deleted and ` +
              'made again after the role was written.',
            action:
              "Write the role again: 'terraform apply -replace=' and the address of its vault_aws_auth_backend_role.",
          },
        ];
  });
  return reasons.length > 0
    ? reasons
    : [
        {
          cause: `No bind of the role means '${canonical}': ${role.bound_iam_principal_arn.map((bind) => `'${bind}'`).join(', ')}.`,
          action: "Add it to the role's boundPrincipals, and deploy.",
        },
      ];
}

function meantBy(bind: string): string | undefined {
  try {
    return canonicalArn(parsePrincipal(bind));
  } catch {
    return undefined;
  }
}
