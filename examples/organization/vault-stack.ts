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
  /** The account that Vault's IAM user is in, and that this stack is applied in. */
  readonly vaultAccount: string;
}

/** The side of Vault, of the team that runs it: the mount, its own IAM user, and who of which account may log in. */
export class VaultStack extends TerraformStack {
  /** Knows what Vault looks up, for the stacks of the accounts. */
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

    // It may become the role of each trusted account, and look up here what the roles below need.
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

    // One role of Vault for an application of each account, and one for whoever deploys in Vault's own.
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
