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
  /** Name of the role that the team of AWS deploys by, in each account. */
  readonly deployerRole: string;
}

/** The side of AWS, a stack for each account, of the team that has it: the role by which Vault looks up there. */
export class AccountStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    const { account, deployerRole, ...role } = props;
    // No provider for Vault: who deploys this needs no token of it.
    useAws(this, { assumeRoleArn: `arn:aws:iam::${account.accountId}:role/${deployerRole}` });
    useStateBackend(this, { kind: 'local' });

    new VaultLookUpRole(this, 'vault_looks_up', { account, ...role });
  }
}
