import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  kv2,
  StsRole,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';
import { TRUSTED, VAULT_USER } from './accounts';

export interface VaultStackProps extends ExampleProps {
  /** The account of Vault's IAM user, in which this stack is applied. */
  readonly vaultAccount: string;
}

/** The stack of the Vault team: the mount, Vault's IAM user, and who may log in from which account. */
export class VaultStack extends TerraformStack {
  /** Tells the stacks of the accounts what Vault looks up. */
  readonly mount: AwsAuthMount;

  constructor(scope: Construct, id: string, { awsEndpoints, vaultAccount }: VaultStackProps) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_organization',
      // A bind into an account that is neither this one nor trusted below is an error at synth.
      ownAccountId: vaultAccount,
    });
    this.mount = mount;

    // The user may assume the role of each trusted account, and look up here what the roles below need.
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: VAULT_USER,
      policyName: 'VaultOrganization',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });
    for (const [name, account] of Object.entries(TRUSTED)) {
      new StsRole(this, name, { mount, ...account });
    }

    // One role of Vault for an application of each account, and one for the deployer in Vault's own account.
    const logins = {
      invoices: `arn:aws:iam::${TRUSTED.billing.accountId}:role/invoices`,
      shop: `arn:aws:iam::${TRUSTED.web.accountId}:role/shop`,
      pipeline: `arn:aws:iam::${vaultAccount}:user/pipeline`,
    };
    for (const [name, arn] of Object.entries(logins)) {
      const policy = new VaultPolicy(this, `${name}_policy`, {
        policyName: name,
        rules: kv2.read('secret', `${name}/*`),
      });
      new IamAuthRole(this, `${name}_role`, {
        mount,
        roleName: name,
        boundPrincipals: [BoundPrincipal.arn(arn)],
        policies: [policy],
        tokenTtl: Duration.minutes(20),
        tokenMaxTtl: Duration.hours(8),
      });
    }
  }
}
