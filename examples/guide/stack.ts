import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  kv2,
  TestUser,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

/** The guide's eight steps as constructs, with a role that binds one user instead of all. */
export class GuideStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints }: ExampleProps = {}) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    // 1. Enable the AWS auth method.
    const mount = new AwsAuthMount(this, 'mount', { path: 'aws_guide' });

    // 2. and 3. An IAM user for Vault, what it may do, and its access key.
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_guide',
      policyName: 'VaultGuide',
    });

    // 4. Configure the method with that key.
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    // 5. An IAM user to test with.
    const testUser = new TestUser(this, 'test_user', { userName: 'guide_account' });

    // 6. What a login may do: read the secrets of the guide, and list them.
    const policy = new VaultPolicy(this, 'policy', {
      policyName: 'guide',
      rules: [...kv2.read('secret', 'guide/*'), ...kv2.list('secret', '*')],
    });

    // 7. Who may log in: the test user. If the user is recreated, the same apply lets it in again.
    new IamAuthRole(this, 'role', {
      mount,
      roleName: 'guide',
      boundPrincipals: [BoundPrincipal.of(testUser.user)],
      policies: [policy],
      tokenTtl: Duration.minutes(30),
      tokenMaxTtl: Duration.hours(8),
    });

    // 8. Verify: vault login -method=aws -path=aws_guide role=guide header_value=vault.example.com
  }
}
