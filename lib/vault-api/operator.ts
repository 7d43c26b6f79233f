import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { callVault, VaultError, type VaultLocation, type VaultRequest } from './vault-client';

/** Who repairs what is wrong: a token of Vault that may, and the mount in question. */
export interface Operator extends VaultLocation {
  readonly token: string;
  /** Where the auth method is mounted, without `auth/`. */
  readonly mountPath: string;
}

/**
 * The token of the environment, as the vault command takes it: VAULT_TOKEN, else the file ~/.vault-token.
 *
 * @throws Error where there is none
 */
export function vaultToken(env: NodeJS.ProcessEnv = process.env): string {
  const file = join(homedir(), '.vault-token');
  const token = env.VAULT_TOKEN ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
  if (token === '') {
    throw new Error("There is no token of Vault: set VAULT_TOKEN, or run 'vault login' first.");
  }
  return token;
}

/** One call as the operator. @throws VaultError | VaultUnreachableError */
export async function ask<T>(
  operator: Operator,
  method: VaultRequest['method'],
  path: string,
  options: Pick<VaultRequest, 'body' | 'signal'> = {},
): Promise<T> {
  return (await callVault(operator, { method, path, token: operator.token, ...options })) as T;
}

/** The `data` of what is at a path; undefined where there is nothing. */
export async function read<T>(
  operator: Operator,
  path: string,
  signal?: AbortSignal,
): Promise<T | undefined> {
  try {
    return (await ask<{ data: T } | undefined>(operator, 'GET', path, { signal }))?.data;
  } catch (error) {
    if (error instanceof VaultError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** The names below a path; none where there is nothing. */
export async function list(operator: Operator, path: string, signal?: AbortSignal): Promise<string[]> {
  return (await read<{ keys: string[] }>(operator, `${path}?list=true`, signal))?.keys ?? [];
}
