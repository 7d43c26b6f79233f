import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  kv2,
  PeopleGroups,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

export interface IdentityCenterStackProps extends ExampleProps {
  /** Name of the permission set that the people use. */
  readonly permissionSet: string;

  /** The region that IAM Identity Center is set up in. */
  readonly region: string;

  /** User names in IAM Identity Center. */
  readonly developers: readonly string[];
  readonly operators: readonly string[];
}

/**
 * People of IAM Identity Center log in by one role. Each person is an entity in Vault, and gets the policies of the
 * groups that this file lists. A second role is for anyone who has the permission set, with any name.
 */
export class IdentityCenterStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: IdentityCenterStackProps) {
    super(scope, id);
    const { awsEndpoints, permissionSet, region, developers, operators } = props;
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    // For AWS, all people of a permission set are one role. The session in the ARN is the person. IAM users don't
    // belong on this mount, because their ARN is only a name: see docs/decisions/0006.
    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_people',
      identity: { iamAlias: 'full_arn' },
    });
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_people',
      policyName: 'VaultPeople',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    const app = new VaultPolicy(this, 'app', {
      policyName: 'people-read-app',
      rules: kv2.read('secret', 'app/*'),
    });
    const infrastructure = new VaultPolicy(this, 'infrastructure', {
      policyName: 'people-write-infrastructure',
      rules: kv2.write('secret', 'infrastructure/*'),
    });
    const handbook = new VaultPolicy(this, 'handbook', {
      policyName: 'people-read-handbook',
      rules: kv2.read('secret', 'handbook/*'),
    });

    // aws sso login, then vault login -method=aws -path=aws_people role=person header_value=vault.example.com
    new PeopleGroups(this, 'people', {
      mount,
      roleName: 'person',
      permissionSets: [{ name: permissionSet, region }],
      groups: {
        'people-developers': { people: developers, policies: [app] },
        'people-operators': { people: operators, policies: [infrastructure] },
      },
      tokenTtl: Duration.hours(1),
      tokenMaxTtl: Duration.hours(12),
    });

    // No names are listed here: the permission set is enough.
    new IamAuthRole(this, 'reader', {
      mount,
      roleName: 'reader',
      boundPrincipals: [BoundPrincipal.permissionSet({ name: permissionSet, region })],
      policies: [handbook],
      tokenTtl: Duration.hours(1),
      tokenMaxTtl: Duration.hours(12),
    });
  }
}
