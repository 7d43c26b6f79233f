import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { VaultTls } from '../../vault-api';
import { rangeOfVaultProvider } from '../vault';

/** How Terraform reaches Vault. Its token comes from the environment: VAULT_TOKEN, or `~/.vault-token`. */
export interface VaultAccess extends VaultTls {
  /** Vault's address. @default VAULT_ADDR where Terraform runs */
  readonly vaultAddress?: string;

  /** Folder of PEM files of certificate authorities, for Terraform alone. @default VAULT_CAPATH */
  readonly caCertDir?: string;

  /** The namespace of all that the stack makes. Vault Enterprise and HCP. @default VAULT_NAMESPACE, or the root's */
  readonly namespace?: string;

  /**
   * Uses the token itself, and makes no child token for each run, which would need `auth/token/create`. What remains
   * of a run that was cut off then lives as long as the token.
   *
   * @default false
   */
  readonly skipChildToken?: boolean;
}

/** Configures the Vault provider alone, for a stack that makes nothing in AWS. */
export function useVault(stack: TerraformStack, access: VaultAccess = {}): void {
  const { clientAuth } = access;
  new VaultProvider(stack, 'vault', {
    address: access.vaultAddress,
    namespace: access.namespace,
    caCertFile: access.caCertFile,
    caCertDir: access.caCertDir,
    tlsServerName: access.tlsServerName,
    clientAuth: clientAuth && [{ certFile: clientAuth.certFile, keyFile: clientAuth.keyFile }],
    skipChildToken: access.skipChildToken,
  });
  rangeOfVaultProvider(stack);
}
