import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  type AwsTaskSource,
  type TrustedAccount,
  useAws,
  useStateBackend,
  VaultLookUpRole,
} from '../../lib/constructs';

export interface AccountStackProps {
  readonly account: TrustedAccount;
  readonly vaultIdentityArn: string;
  readonly permissionsFor: AwsTaskSource;
  /** Name of the role that the AWS team deploys with, in each account. */
  readonly deployerRole: string;
}

/** The stack of the AWS team, one for each account: the role that Vault uses to look up principals there. */
export class AccountStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    const { account, deployerRole, ...role } = props;
    // There is no provider for Vault, so the deployer needs no token of Vault.
    useAws(this, { assumeRoleArn: `arn:aws:iam::${account.accountId}:role/${deployerRole}` });
    useStateBackend(this, { kind: 'local' });

    new VaultLookUpRole(this, 'vault_looks_up', { account, ...role });
  }
}
