import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The token of the environment, as the vault command takes it: VAULT_TOKEN, or else the file ~/.vault-token.
 *
 * @throws Error if there is none
 */
export function vaultToken(env: NodeJS.ProcessEnv = process.env): string {
  const file = join(homedir(), '.vault-token');
  const token = env.VAULT_TOKEN ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
  if (token === '') {
    throw new Error("There is no token of Vault: set VAULT_TOKEN, or run 'vault login' first.");
  }
  return token;
}
