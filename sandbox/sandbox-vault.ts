import type { VaultClient } from '../lib/vault-api';
import type { SandboxRecord } from './sandbox-folder';

/** The sandbox's Vault, asked as root. */
export function sandboxVault({ vault }: SandboxRecord): VaultClient {
  return { vaultAddress: vault.address, token: vault.token };
}
