import type { DeclaredLogin } from '../verify';
import { type Settings, withDefaults } from '../../constructs/stacks';

/**
 * The login that the stack of these settings declares. `verify` compares a real one with it.
 *
 * @param roleName by which role @default the first
 * @throws Error if the settings have no such role
 */
export function declaredLogin(settings: Settings, roleName?: string): DeclaredLogin {
  const { vault, aws, logins } = withDefaults(settings);
  const login = roleName === undefined ? logins[0] : logins.find(({ role }) => role.roleName === roleName);
  if (login === undefined) {
    const names = logins.map(({ role }) => `'${role.roleName}'`).join(', ');
    throw new Error(`settings.ts has no role '${roleName}'; the roles are: ${names}.`);
  }
  const own = logins.flatMap(({ policy }) =>
    policy ? [{ name: policy.policyName, rules: policy.file?.rules ?? policy.rules ?? [] }] : [],
  );
  const names = [...(login.policy ? [login.policy.policyName] : []), ...login.otherPolicies];
  return {
    ...vault.access,
    mountPath: vault.mountPath,
    role: login.role.roleName,
    serverIdHeader: vault.serverIdHeader,
    stsEndpoint: aws.endpoints?.sts?.url,
    region: vault.awsEndpoints?.sts?.region,
    policies: [...new Set(names)]
      .filter((name) => name !== 'default')
      .map((name) => own.find((policy) => policy.name === name) ?? { name, rules: [] }),
  };
}
