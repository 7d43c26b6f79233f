import { Duration } from 'aws-cdk-lib/core';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  Ec2AuthRole,
  kv2,
  RoleTag,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

export interface Ec2StackProps extends ExampleProps {
  /** AMIs whose instances may log in: your image, which nobody else can start. */
  readonly amiIds: readonly string[];

  /** The VPC that they are in. */
  readonly vpcId: string;

  /** Certificate of the region, as PEM, if Vault has none built in. @default Vault's own */
  readonly certificate?: string;
}

/**
 * Instances log in by their signed identity document. Instances of one image in one VPC may read what web servers
 * need. Each instance must have a tag, which can narrow that.
 */
export class Ec2Stack extends TerraformStack {
  constructor(scope: Construct, id: string, props: Ec2StackProps) {
    super(scope, id);
    const { awsEndpoints, amiIds, vpcId, certificate } = props;
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_ec2',
      // Each instance is a separate entity, so the audit log distinguishes them.
      identity: { ec2Alias: 'instance_id', ec2Metadata: ['account_id', 'auth_type', 'instance_id'] },
      // Vault forgets a terminated instance a day after its last token.
      identityAccessListTidy: { safetyBuffer: Duration.days(1) },
    });
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_ec2',
      policyName: 'VaultEc2',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      endpoints: awsEndpoints,
    });
    if (certificate) {
      new AwsCertificate(this, 'certificate', {
        mount,
        certificateName: 'region',
        pem: certificate,
        type: 'identity',
      });
    }

    const pages = new VaultPolicy(this, 'pages', {
      policyName: 'web-pages',
      rules: kv2.read('secret', 'web/pages/*'),
    });
    const payments = new VaultPolicy(this, 'payments', {
      policyName: 'web-payments',
      rules: kv2.read('secret', 'web/payments/*'),
    });
    const role = new Ec2AuthRole(this, 'web', {
      mount,
      roleName: 'web',
      boundAmiIds: amiIds,
      boundVpcIds: [vpcId],
      policies: [pages, payments],
      tokenTtl: Duration.hours(1),
      tokenMaxTtl: Duration.hours(12),
      roleTag: 'vault-role',
    });

    // An instance must have the tag. This value is for instances that take no payments.
    const { value } = new RoleTag(this, 'pages_only', { role, policies: [pages] });
    new TerraformOutput(this, 'pages_only_tag', { value, staticId: true });
  }
}
