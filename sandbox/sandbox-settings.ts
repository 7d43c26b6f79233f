import { isLoginList, type LoginSettings, type Settings } from '../lib/constructs/stacks';
import { BoundPrincipal } from '../lib/constructs/vault';
import type { SandboxRecord } from './sandbox-folder';
import { SANDBOX_REGION } from './region';

/**
 * The user's settings with the sandbox's Vault and AWS instead of the real ones, and the state in its folder.
 *
 * There is always a test user, and all users of the sandbox's account may log in, because the principals of the user's
 * real account are not in it.
 */
export function sandboxSettings(settings: Settings, { vault, aws }: SandboxRecord): Settings {
  const awsEndpoints = {
    iam: aws.endpoint,
    sts: { url: aws.endpoint, region: SANDBOX_REGION },
    ec2: aws.endpoint,
  };
  return {
    ...settings,
    vault: { ...settings.vault, address: vault.address, awsEndpoints },
    aws: {
      ...settings.aws,
      region: SANDBOX_REGION,
      // Terraform finds moto by its environment: an `endpoints` block costs its AWS provider seconds at each start.
      endpoints: undefined,
      testUser: settings.aws?.testUser || {},
    },
    login: isLoginList(settings.login)
      ? settings.login.map((login) => ({ ...onSandbox(login), boundPrincipals: [BoundPrincipal.allUsers()] }))
      : onSandbox(settings.login),
    acknowledge: undefined,
    // Nothing is there yet.
    adopt: undefined,
    backend: { kind: 'local' },
  };
}

/** Other principals give other warnings, so the user's acknowledgements do not fit. */
function onSandbox(login: LoginSettings = {}): LoginSettings {
  return { ...login, boundPrincipals: undefined, role: { ...login.role, acknowledge: undefined } };
}
