import type { Construct } from 'constructs';
import type { ExampleProps } from '../endpoints';
import { AccountStack } from './account-stack';
import { TRUSTED, VAULT_ACCOUNT, VAULT_USER } from './accounts';
import { VaultStack } from './vault-stack';

export interface OrganizationProps extends ExampleProps {
  /** The account that Vault's IAM user is in. @default the account of the example */
  readonly vaultAccount?: string;
  /** Name of the role that the AWS team deploys with, in each account. @default 'deployer' */
  readonly deployerRole?: string;
}

/**
 * Three accounts, two teams, one app. The stacks share only names: no stack reads the state of another stack, and no
 * secret leaves the stack that makes it.
 */
export function organization(app: Construct, props: OrganizationProps = {}) {
  const { vaultAccount = VAULT_ACCOUNT, deployerRole = 'deployer', awsEndpoints } = props;
  const vault = new VaultStack(app, 'vault', { vaultAccount, awsEndpoints });
  const accounts = Object.entries(TRUSTED).map(
    ([name, account]) =>
      new AccountStack(app, name, {
        account,
        vaultIdentityArn: `arn:aws:iam::${vaultAccount}:user/${VAULT_USER}`,
        // In one app, the policy of each role is derived from the roles on the mount.
        permissionsFor: vault.mount,
        deployerRole,
      }),
  );
  // Vault looks up principals in those accounts when its roles are written.
  accounts.forEach((account) => vault.addDependency(account));
  return { vault, accounts };
}
