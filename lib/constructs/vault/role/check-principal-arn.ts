import { Token } from 'cdktf';
import { isOfList } from '../../checks';
import { arnParts, missedRoles, PRINCIPAL_ARN_OR_PREFIX, principalsNamedBy } from '../../../iam';

/**
 * What is wrong with a bound principal's ARN; empty if nothing is wrong.
 *
 * Vault takes any text here, and never matches a wrong one: a canonical ARN is always
 * `arn:PARTITION:iam::ACCOUNT:user/NAME` or `role/NAME`.
 *
 * Source: `parseIamArn` and `canonicalArn` in `builtin/credential/aws/path_login.go` of Vault.
 */
export function checkPrincipalArn(arn: string, kind?: 'user' | 'role'): string[] {
  const problem = firstProblem(arn, kind);
  if (problem) {
    return [`bound principal: ${problem}; got '${arn}'`];
  }
  // The kind decides what Vault looks up, and so what its IAM policy must allow.
  return Token.isUnresolved(arn) && !kind
    ? [`bound principal: a reference needs its kind, BoundPrincipal.arn(arn, 'user' or 'role')`]
    : [];
}

/** The text around a reference is checked too. */
function firstProblem(arn: string, kind?: 'user' | 'role'): string | undefined {
  if (isOfList(arn)) {
    return 'is a reference to a list, and needs one of its entries; use Fn.element(list, index)';
  }
  const { service, resource } = arnParts(arn);
  if (service === 'sts' && resource.startsWith('assumed-role/')) {
    return "an assumed-role ARN never matches, bind the role itself, 'arn:PARTITION:iam::ACCOUNT:role/NAME'";
  }
  if (service === 'iam' && resource === 'root') {
    return 'the root user of an account never matches, bind users or roles';
  }
  if (arn.slice(0, -1).includes('*')) {
    return "'*' is a wildcard only as the last character";
  }
  if (missedRoles(resource.replace(/^role\//, '')) === 'all') {
    return "the roles of IAM Identity Center have the path 'aws-reserved/sso.amazonaws.com/REGION/', so this matches nobody; use BoundPrincipal.permissionSet({ name, region })";
  }
  const said = principalsNamedBy(arn)?.kind;
  if (kind && said && said !== kind) {
    return `is a ${said}'s ARN, so its kind can't be '${kind}'`;
  }
  return Token.isUnresolved(arn) || PRINCIPAL_ARN_OR_PREFIX.test(arn)
    ? undefined
    : 'must be arn:PARTITION:iam::ACCOUNT:user/NAME or role/NAME with an account of 12 digits';
}
