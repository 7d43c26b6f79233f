import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  entity,
  IamGroups,
  kv2,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

/**
 * Members of the IAM groups `developers` and `operators` log in by one role, and get the policies of their groups.
 * Membership is as fresh as the last apply. examples/workflows/membership.yml applies every hour.
 */
export class GroupsStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints }: ExampleProps = {}) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    // Vault identifies a user by the unique ID. A user who is recreated under the same name is another entity.
    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_groups',
      identity: { iamAlias: 'unique_id' },
    });
    // Vault looks nobody up for groups, so its user has no permissions.
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_groups',
      policyName: 'VaultGroups',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    // Each member has a folder, named by the entity that Vault finds at the login.
    const own = new VaultPolicy(this, 'own', {
      policyName: 'own-folder',
      rules: kv2.write('secret', `people/${entity.id}/*`),
    });
    const app = new VaultPolicy(this, 'app', {
      policyName: 'read-app',
      rules: kv2.read('secret', 'app/*'),
    });
    const infrastructure = new VaultPolicy(this, 'infrastructure', {
      policyName: 'write-infrastructure',
      rules: kv2.write('secret', 'infrastructure/*'),
    });

    // vault login -method=aws -path=aws_groups role=member header_value=vault.example.com
    new IamGroups(this, 'groups', {
      mount,
      roleName: 'member',
      groups: { developers: [own, app], operators: [own, infrastructure] },
      tokenTtl: Duration.hours(1),
      tokenMaxTtl: Duration.hours(12),
    });
  }
}
