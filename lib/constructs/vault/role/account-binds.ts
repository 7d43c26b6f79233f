import type { AwsAuthBackendRoleConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
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
      /^\d{12}$/.test(account) ? [{ place: `boundAccountIds[${index}]`, bind: account, account }] : [],
    ),
  ];
}

function ofArns(
  name: string,
  arns: readonly string[],
  looksUp: (arn: string) => boolean = () => true,
): AccountBind[] {
  return arns.flatMap((bind, index) => {
    const [, account] = /:iam::(\d{12}):/.exec(bind) ?? [];
    return account !== undefined && looksUp(bind) ? [{ place: `${name}[${index}]`, bind, account }] : [];
  });
}
