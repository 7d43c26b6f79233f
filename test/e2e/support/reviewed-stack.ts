import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type AwsEndpoints, VaultIamUser } from '../../../lib/constructs/aws';
import { kv2 } from '../../../lib/policy';
import { useProviders, useStateBackend } from '../../../lib/constructs/stacks';
import { AwsAuthClient, AwsAuthMount, IamGroups, VaultPolicy } from '../../../lib/constructs/vault';

export interface ReviewedStackProps {
  readonly awsEndpoints: AwsEndpoints;
  /** As the pull request has it: with one group more, Vault's key replaced, and a policy widened. */
  readonly proposed: boolean;
}

/** What the workflows review and apply. */
export class ReviewedStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints, proposed }: ReviewedStackProps) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', { path: 'aws', identity: { iamAlias: 'unique_id' } });
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      accessKeyGeneration: proposed ? 2 : 1,
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    const app = new VaultPolicy(this, 'app', {
      policyName: 'read-app',
      rules: kv2.read('secret', proposed ? '*' : 'app/*'),
    });
    const infrastructure = new VaultPolicy(this, 'infrastructure', {
      policyName: 'write-infrastructure',
      rules: kv2.write('secret', 'infrastructure/*'),
    });
    new IamGroups(this, 'groups', {
      mount,
      roleName: 'people',
      groups: { developers: [app], ...(proposed ? { operators: [infrastructure] } : {}) },
    });
  }
}
