import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  InferredAuthRole,
  kv2,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

export interface InferenceStackProps extends ExampleProps {
  /** Name of the IAM role in the instances' profile. */
  readonly instanceRoleName: string;

  /** The region that they run in. */
  readonly region: string;

  /** The VPC that they are in. */
  readonly vpcId: string;
}

/**
 * Instances log in by the credentials of their profile, like any IAM role, and Vault checks the instance behind the
 * session. It refuses an instance of another VPC, and a caller that uses the role elsewhere.
 */
export class InferenceStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: InferenceStackProps) {
    super(scope, id);
    const { awsEndpoints, instanceRoleName, region, vpcId } = props;
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_inference',
      identity: { iamMetadata: ['account_id', 'auth_type', 'inferred_entity_id'] },
    });
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_inference',
      policyName: 'VaultInference',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    const policy = new VaultPolicy(this, 'policy', {
      policyName: 'worker',
      rules: kv2.read('secret', 'worker/*'),
    });
    new InferredAuthRole(this, 'worker', {
      mount,
      roleName: 'worker',
      inferredRegion: region,
      boundPrincipals: [BoundPrincipal.roleFromLookup(instanceRoleName)],
      boundVpcIds: [vpcId],
      policies: [policy],
      tokenTtl: Duration.hours(1),
      tokenMaxTtl: Duration.hours(12),
    });
  }
}
