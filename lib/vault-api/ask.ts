import { callVault, VaultError, type VaultLocation, type VaultRequest } from './vault-client';

/** A Vault, and the token that asks it. */
export interface VaultClient extends VaultLocation {
  readonly token: string;
}

/** One call with the token. @throws VaultError | VaultUnreachableError */
export async function ask<T>(
  vault: VaultClient,
  method: VaultRequest['method'],
  path: string,
  options: Pick<VaultRequest, 'body' | 'signal'> = {},
): Promise<T> {
  return (await callVault(vault, { method, path, token: vault.token, ...options })) as T;
}

/** The `data` of what is at a path; undefined if nothing is there. @throws VaultError | VaultUnreachableError */
export async function read<T>(
  vault: VaultClient,
  path: string,
  signal?: AbortSignal,
): Promise<T | undefined> {
  try {
    return (await ask<{ data: T } | undefined>(vault, 'GET', path, { signal }))?.data;
  } catch (error) {
    if (error instanceof VaultError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** The names below a path; none if nothing is there. @throws VaultError | VaultUnreachableError */
export async function list(vault: VaultClient, path: string, signal?: AbortSignal): Promise<string[]> {
  return (await read<{ keys: string[] }>(vault, `${path}?list=true`, signal))?.keys ?? [];
}
