import type { AwsCredentialIdentity } from './credentials';
import { type DeclaredLogin, loginPath } from './declared-login';
import { loginFields, signIdentityRequest } from './signed-request';
import { ask, callVault, VaultError, type VaultLocation } from '../../vault-api';

/** What a login answers: the token, and what Vault says about it. */
export interface LoginToken {
  readonly client_token: string;
  readonly token_type: 'service' | 'batch';
  readonly token_policies: readonly string[];
  readonly identity_policies?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly lease_duration: number;
  /** How often the token may be used; 0 means no limit. */
  readonly num_uses: number;
}

/** @throws VaultError | VaultUnreachableError */
export async function logIn(login: DeclaredLogin, credentials: AwsCredentialIdentity): Promise<LoginToken> {
  const path = loginPath(login);
  const body = {
    role: login.role,
    ...loginFields(await signIdentityRequest(credentials, { ...login, stsEndpoint: undefined })),
  };
  // No signal: an answer that nobody waits for would leave a token that nobody can revoke.
  const answer = (await callVault(login, { method: 'POST', path, body })) as { auth?: LoginToken | null };
  if (!answer?.auth?.client_token) {
    throw new VaultError(200, [answer?.auth ? 'mfa_requirement' : 'no auth in the answer'], {
      method: 'POST',
      path,
    });
  }
  return answer.auth;
}

/** What the token may do on each path, in Vault's words. */
export async function askCapabilities(
  vault: VaultLocation,
  token: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const options = { body: { paths }, signal };
  const { data } = await ask<{ data: Record<string, string[]> }>(
    { ...vault, token },
    'POST',
    'sys/capabilities-self',
    options,
  );
  return data;
}

/** What is left of the token's life, in seconds. */
export async function askTtl(vault: VaultLocation, token: string, signal?: AbortSignal): Promise<number> {
  const { data } = await ask<{ data: { ttl: number } }>(
    { ...vault, token },
    'GET',
    'auth/token/lookup-self',
    {
      signal,
    },
  );
  return data.ttl;
}

export async function revoke(vault: VaultLocation, token: string): Promise<void> {
  await ask({ ...vault, token }, 'POST', 'auth/token/revoke-self');
}
