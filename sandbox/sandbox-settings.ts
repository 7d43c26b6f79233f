import type { Settings } from '../lib/constructs/stacks';
import type { SandboxRecord } from './sandbox-folder';
import { SANDBOX_REGION } from './region';

/**
 * A person's settings with the sandbox's Vault and AWS on top, and the state in its folder.
 *
 * There is always a test user, and all users of the sandbox's account may log in: the principals of the
 * person's own account are not in it.
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
      // Terraform finds moto by its environment: an `endpoints` block costs its AWS provider seconds a start.
      endpoints: undefined,
      testUser: settings.aws?.testUser || {},
    },
    // Other principals, other warnings: what was acknowledged of the person's own does not fit.
    login: {
      ...settings.login,
      boundPrincipals: undefined,
      role: { ...settings.login?.role, acknowledge: undefined },
    },
    acknowledge: undefined,
    // Nothing is there yet.
    adopt: undefined,
    backend: { kind: 'local' },
  };
}
