import type { DeclaredLogin } from '../verify';
import { type Settings, withDefaults } from '../../constructs/stacks';

/** The login that the stack of these settings declares. `verify` compares a real one with it. */
export function declaredLogin(settings: Settings): DeclaredLogin {
  const { vault, aws, login } = withDefaults(settings);
  return {
    ...vault.access,
    mountPath: vault.mountPath,
    role: login.role.roleName,
    serverIdHeader: vault.serverIdHeader,
    stsEndpoint: aws.endpoints?.sts?.url,
    region: vault.awsEndpoints?.sts?.region,
    policies: [
      ...(login.policy
        ? [{ name: login.policy.policyName, rules: login.policy.file?.rules ?? login.policy.rules ?? [] }]
        : []),
      ...login.otherPolicies.filter((name) => name !== 'default').map((name) => ({ name, rules: [] })),
    ],
  };
}
