import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  kv2,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

export interface RotationProps extends ExampleProps {
  /** Raise this number, and the next apply replaces Vault's access key while logins continue. */
  readonly accessKeyGeneration: number;
}

/** A number in the code replaces Vault's access key. docs/credentials.md has the other kinds of credentials. */
export class RotationStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints, accessKeyGeneration }: RotationProps) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', { path: 'aws_rotation' });

    // The new key is made first, and the old key is deleted last. For a key that only Vault knows, use a
    // SelfRotatingIamUser.
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_rotation',
      policyName: 'VaultRotation',
      accessKeyGeneration,
    });

    // It waits until AWS accepts the new key, and then writes it to Vault.
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    const policy = new VaultPolicy(this, 'policy', {
      policyName: 'rotation',
      rules: kv2.read('secret', 'rotation/*'),
    });
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
