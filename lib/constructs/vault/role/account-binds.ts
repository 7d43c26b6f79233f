import type { AwsAuthBackendRoleConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import { ACCOUNT_ID, arnParts } from '../../../iam';
import type { AccountBind } from '../mount/reachable-accounts';

/** The binds of a role whose principals or instances Vault looks up, and whose account is known at synth. */
export function accountBinds(fields: Partial<AwsAuthBackendRoleConfig>): AccountBind[] {
  const { resolveAwsUniqueIds, boundIamPrincipalArns = [] } = fields;
  return [
    ...ofArns(
      'boundPrincipals',
      boundIamPrincipalArns,
      (arn) => Boolean(resolveAwsUniqueIds) || arn.endsWith('*'),
    ),
    ...ofArns('boundIamRoleArns', fields.boundIamRoleArns ?? []),
    ...ofArns('boundInstanceProfileArns', fields.boundIamInstanceProfileArns ?? []),
    ...(fields.boundAccountIds ?? []).flatMap((account, index) =>
      ACCOUNT_ID.test(account) ? [{ place: `boundAccountIds[${index}]`, bind: account, account }] : [],
    ),
  ];
}

function ofArns(
  name: string,
  arns: readonly string[],
  looksUp: (arn: string) => boolean = () => true,
): AccountBind[] {
  return arns.flatMap((bind, index) => {
    const { accountId: account } = arnParts(bind);
    return ACCOUNT_ID.test(account) && looksUp(bind) ? [{ place: `${name}[${index}]`, bind, account }] : [];
  });
}
