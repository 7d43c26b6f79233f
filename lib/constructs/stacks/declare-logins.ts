import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { type AwsAuthMount, IamAuthRole, VaultPolicy } from '../vault';
import type { loginsWithDefaults } from './login-settings';

/**
 * The policies and the roles of logins. Those of the first have the addresses of the guide, those of the others have
 * addresses by their roles' names.
 *
 * @param problems of each login, by itself: one that has some is left out
 */
export function declareLogins(
  stack: TerraformStack,
  mount: AwsAuthMount,
  logins: ReturnType<typeof loginsWithDefaults>,
  problems: readonly (readonly string[])[],
): readonly [first: IamAuthRole, ...others: IamAuthRole[]] {
  const [first, ...others] = logins;
  const entries = [
    { login: first, scope: stack },
    ...others.flatMap((login, index) =>
      problems[index + 1]?.length
        ? []
        : { login, scope: new Construct(stack, `login_${login.role.roleName}`) },
    ),
  ];
  // 6. Create the Vault policy that a login gets.
  const policies = entries.map(({ login, scope }) =>
    login.policy ? new VaultPolicy(scope, 'policy', login.policy) : undefined,
  );
  const policyOf = (name: string) =>
    policies[entries.findIndex(({ login }) => login.policy && login.policy.policyName === name)] ?? name;

  // 7. Create a role for all IAM users of the account, with the policy.
  const [role, ...roles] = entries.map(({ login, scope }, index) => {
    const policy = policies[index];
    return new IamAuthRole(scope, 'role', {
      mount,
      boundPrincipals: login.boundPrincipals,
      policies: [...(policy ? [policy] : []), ...login.otherPolicies.map(policyOf)],
      ...login.role,
    });
  });
  return [role!, ...roles];
}
