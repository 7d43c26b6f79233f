import { Duration } from 'aws-cdk-lib/core';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  kv2,
  useProviders,
  useStateBackend,
  VaultIamRole,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

/** Vault runs on EC2 and uses the IAM role of its instance profile. There is no access key. */
export class KeylessStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints }: ExampleProps = {}) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', { path: 'aws_keyless' });

    // What Vault may look up with this role. Vault's instances get the profile of the output below.
    const vaultRole = new VaultIamRole(this, 'vault_role', {
      permissionsFor: mount,
      trusted: ['ec2'],
      roleName: 'vault_keyless',
      policyName: 'VaultKeyless',
      instanceProfile: true,
    });
    new TerraformOutput(this, 'instance_profile', {
      value: vaultRole.instanceProfileName,
      staticId: true,
    });

    // Vault finds the session of its instance by itself, so no credentials are written.
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultRole.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    const policy = new VaultPolicy(this, 'policy', {
      policyName: 'keyless',
      rules: kv2.read('secret', 'keyless/*'),
    });

    // A deleted user can't log in, because Vault looks the user up at each login, with its own role.
    new IamAuthRole(this, 'role', {
      mount,
      roleName: 'people',
      boundPrincipals: [BoundPrincipal.allUsers()],
      policies: [policy],
      tokenTtl: Duration.minutes(20),
      tokenMaxTtl: Duration.hours(8),
      acknowledge: { 'bind-all-principals': 'the account has no users but the platform team' },
    });
  }
}
