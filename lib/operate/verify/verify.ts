import { askCallerArn } from './caller';
import { comparePaths, comparePolicies, pathsToAsk } from './compare';
import {
  type AwsCredentialIdentity,
  type AwsCredentialIdentityProvider,
  loadCredentials,
} from './credentials';
import type { DeclaredLogin } from './declared-login';
import { diagnose, type Diagnosis } from './diagnose';
import type { PathReport, VerifyReport } from './report';
import { askCapabilities, askTtl, logIn, type LoginToken, revoke } from './token';
import { innermostMessage, VaultError } from '../../vault-api';

/**
 * Logs in as a client would, and compares what the token may do with what is declared. The token is revoked
 * at the end, also if a check fails or the signal aborts.
 *
 * It never throws: what went wrong is the report's `failure`.
 *
 * @param credentials whose login is tried; see `credentialsFromChain`
 */
export async function verify(
  login: DeclaredLogin,
  credentials: AwsCredentialIdentityProvider,
  options: { readonly signal?: AbortSignal } = {},
): Promise<VerifyReport> {
  const { signal } = options;
  const nothing = nothingYet(login);
  let identity: AwsCredentialIdentity | undefined;
  try {
    identity = await loadCredentials(credentials);
    signal?.throwIfAborted();
    const token = await logIn(login, identity);
    const found = await inspect(login, identity, token, signal).catch((error: unknown) => ({
      ...nothing,
      failure: failureOf(error, login, identity, signal),
    }));
    return { ...found, notRevoked: await whyNotRevoked(login, token) };
  } catch (error) {
    return { ...nothing, failure: failureOf(error, login, identity, signal) };
  }
}

function nothingYet({ role, mountPath }: DeclaredLogin): VerifyReport {
  const lists = { tokenPolicies: [], identityPolicies: [], paths: [], notChecked: [], disagreements: [] };
  return { ok: false, role, mountPath, ...lists };
}

async function inspect(
  login: DeclaredLogin,
  identity: AwsCredentialIdentity,
  token: LoginToken,
  signal: AbortSignal | undefined,
): Promise<VerifyReport> {
  const { client_token, num_uses, token_policies, identity_policies = [] } = token;
  const paths = pathsToAsk(login);
  // One use is kept for the revocation. So no question is the last use, which Vault answers as if the token were
  // gone already.
  const spareUses = num_uses === 0 ? Infinity : num_uses - 1;
  const capabilities =
    paths.length === 0
      ? { value: {} }
      : spareUses < 1
        ? { why: `token_num_uses=${num_uses} leaves no use of the token to ask for them` }
        : await unlessRefused(() => askCapabilities(login, client_token, paths, signal));
  const ttl =
    spareUses < 2
      ? { why: `token_num_uses=${num_uses} leaves no use of the token to ask for it` }
      : await unlessRefused(() => askTtl(login, client_token, signal));
  const caller = await callerArn(login, identity, token);

  const policies = [...token_policies, ...identity_policies];
  const compared = comparePaths(login, capabilities.value);
  const disagreements = [...comparePolicies(login, policies), ...compared.flatMap(disagreement)];
  return {
    ok: capabilities.value !== undefined && disagreements.length === 0,
    caller: caller.value,
    role: login.role,
    mountPath: login.mountPath,
    tokenPolicies: token_policies,
    identityPolicies: identity_policies,
    ttlSeconds: ttl.value ?? token.lease_duration,
    paths: compared,
    notChecked: [
      ...(capabilities.why ? [`the capabilities of the token: ${capabilities.why}`] : []),
      ...(ttl.why ? [`the remaining TTL, so that of the login is shown: ${ttl.why}`] : []),
      ...(caller.why ? [`the ARN of the caller: ${caller.why}`] : []),
      ...compared.flatMap(({ path, actual, note }) => (actual || !note ? [] : [`path '${path}': ${note}`])),
    ],
    disagreements,
  };
}

interface Answer<T> {
  readonly value?: T;
  /** Why there is no value. */
  readonly why?: string;
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof VaultError) {
      return { why: whyRefused(error) };
    }
    throw error;
  }
}

/** The policy `default` allows a token to look itself up; a role can leave it out. */
function whyRefused(error: VaultError): string {
  const text = error.message.replace(/\s+/g, ' ').trim();
  return error.status === 403
    ? `${text} (the policy 'default' would allow it; is token_no_default_policy set?)`
    : text;
}

/** Vault says the ARN only if the mount's identity configuration has it in `iam_metadata`. */
async function callerArn(
  login: DeclaredLogin,
  identity: AwsCredentialIdentity,
  { metadata = {} }: LoginToken,
): Promise<Answer<string>> {
  const known = metadata.client_arn ?? metadata.canonical_arn;
  if (known !== undefined) {
    return { value: known };
  }
  try {
    return { value: await askCallerArn(identity, login) };
  } catch (error) {
    const why = `Vault does not say it (iam_metadata of 'auth/${login.mountPath}/config/identity' has no client_arn)`;
    return { why: `${why}, nor does STS: ${innermostMessage(error)}` };
  }
}

function disagreement({ path, declared, actual, agrees }: PathReport): string[] {
  return agrees === false
    ? [`path '${path}': declared ${declared.join(', ')}; Vault gives ${actual?.join(', ')}`]
    : [];
}

async function whyNotRevoked(login: DeclaredLogin, token: LoginToken): Promise<string | undefined> {
  try {
    await revoke(login, token.client_token);
    return undefined;
  } catch (error) {
    const why = error instanceof VaultError ? whyRefused(error) : innermostMessage(error);
    return `${why}; it ends by itself within ${token.lease_duration} s`;
  }
}

function failureOf(
  error: unknown,
  login: DeclaredLogin,
  identity: AwsCredentialIdentity | undefined,
  signal: AbortSignal | undefined,
): Diagnosis {
  if (signal?.aborted) {
    return {
      cause: 'The check was stopped before it was done.',
      action: 'Run it again; nothing was changed.',
      detail: innermostMessage(signal.reason),
    };
  }
  const diagnosis = diagnose(error, login);
  // STS may quote the request that it refuses, the session token included.
  const secrets = [identity?.secretAccessKey, identity?.sessionToken].filter((secret) => !!secret);
  return {
    ...diagnosis,
    detail: secrets.reduce<string>((text, secret) => text.replaceAll(secret!, '***'), diagnosis.detail),
  };
}
