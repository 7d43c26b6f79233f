import { arnParts, canonicalArn, type Principal } from '../iam';

/** What a role of Vault says about who may log in by it. The names are those of Vault's API. */
export interface RoleBinds {
  readonly bound_iam_principal_arn: readonly string[];
  /** The unique IDs that Vault resolved when the role was written. */
  readonly bound_iam_principal_id: readonly string[];
  readonly resolve_aws_unique_ids: boolean;
}

/** What AWS says about a principal. A field is absent if AWS could not be asked. */
export interface PrincipalFacts {
  /** Such as AIDA…. For a session it is the ID of the role. */
  readonly uniqueId?: string;
  /** The ARN with the path. */
  readonly fullArn?: string;
}

/** Which of Vault's rules lets a principal in. */
export type Match =
  | { readonly verdict: 'yes'; readonly rule: MatchRule; readonly bind?: string }
  | { readonly verdict: 'no' }
  /** It depends on something that AWS was not asked. */
  | { readonly verdict: 'unknown'; readonly needs: keyof PrincipalFacts };

/** In the order in which Vault tries them. The first is for roles that are bound only to instances. */
export type MatchRule = 'no bound principal' | 'unique ID' | 'canonical ARN' | 'wildcard';

/**
 * Whether a role's binds let a principal in, as Vault decides at a login of type iam.
 *
 * Source: `pathLoginUpdateIam` in `path_login.go` of Vault's builtin/credential/aws (1.21.1).
 */
export function matchPrincipal(role: RoleBinds, principal: Principal, facts: PrincipalFacts): Match {
  const { bound_iam_principal_arn: arns, bound_iam_principal_id: ids } = role;
  const canonical = canonicalArn(principal);
  if (arns.length === 0) {
    return { verdict: 'yes', rule: 'no bound principal' };
  }
  if (facts.uniqueId !== undefined && ids.includes(facts.uniqueId)) {
    return { verdict: 'yes', rule: 'unique ID', bind: facts.uniqueId };
  }
  if (!role.resolve_aws_unique_ids && arns.includes(canonical)) {
    return { verdict: 'yes', rule: 'canonical ARN', bind: canonical };
  }
  const wildcards = arns.filter((arn) => arn.endsWith('*'));
  const hit = wildcards.find((arn) => facts.fullArn !== undefined && globMatches(arn, facts.fullArn));
  if (hit !== undefined) {
    return { verdict: 'yes', rule: 'wildcard', bind: hit };
  }
  // A principal that was renamed keeps its ID, so any bind of its account can be the one.
  const ofItsAccount = arns.some((arn) => arnParts(arn).accountId === principal.accountId);
  if (ids.length > 0 && ofItsAccount && facts.uniqueId === undefined) {
    return { verdict: 'unknown', needs: 'uniqueId' };
  }
  return wildcards.length > 0 && facts.fullArn === undefined
    ? { verdict: 'unknown', needs: 'fullArn' }
    : { verdict: 'no' };
}

/** A `*` is a wildcard at the end and at the beginning. Elsewhere it is a plain character. */
function globMatches(bind: string, fullArn: string): boolean {
  if (bind.length < 2) {
    return bind === fullArn;
  }
  return bind.startsWith('*') ? fullArn.includes(bind.slice(1, -1)) : fullArn.startsWith(bind.slice(0, -1));
}
