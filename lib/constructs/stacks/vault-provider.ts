import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { VaultTls } from '../../vault-api';
import { checkFields, flag, optional, type Rows, table, text } from '../checks';
import { checkLogicalIds } from '../terraform';
import { rangeOfVaultProvider } from '../vault';
import { checkKnownAddress } from './vault-address';

/** How Terraform reaches Vault. Its token comes from the environment: VAULT_TOKEN, or `~/.vault-token`. */
export interface VaultAccess extends VaultTls {
  /** Vault's address. @default VAULT_ADDR where Terraform runs */
  readonly vaultAddress?: string;

  /**
   * Takes an address with http that is not the machine's own: tokens and secrets then cross the network in clear.
   * @default false
   */
  readonly allowHttp?: boolean;

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

export const VAULT_ACCESS_ROWS: Rows<VaultAccess> = {
  vaultAddress: optional(text),
  allowHttp: optional(flag),
  caCertFile: optional(text),
  caCertDir: optional(text),
  tlsServerName: optional(text),
  clientAuth: optional(table<NonNullable<VaultAccess['clientAuth']>>({ certFile: text, keyFile: text })),
  namespace: optional(text),
  skipChildToken: optional(flag),
};
const VAULT_ACCESS = table<VaultAccess>(VAULT_ACCESS_ROWS);

/** What is wrong with Vault's address, if it is known. */
export function checkAddress({ vaultAddress, allowHttp }: VaultAccess): string[] {
  return checkKnownAddress('vaultAddress', vaultAddress, { allowHttp, at: 'allowHttp' });
}

/**
 * Configures the Vault provider alone, for a stack that makes nothing in AWS.
 *
 * @throws InvalidAppError naming each setting of another type
 */
export function useVault(stack: TerraformStack, access: VaultAccess = {}): void {
  checkFields(stack, access, VAULT_ACCESS, () => checkAddress(access));
  declareVault(stack, access);
}

/** The same for settings that are checked already. */
export function declareVault(stack: TerraformStack, access: VaultAccess): void {
  const { clientAuth } = access;
  checkLogicalIds(stack);
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
