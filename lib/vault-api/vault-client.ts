import { fetchOverTls, needsOwnTls, type VaultTls } from './vault-tls';

/** The address of a Vault, its namespace, and its TLS settings. */
export interface VaultLocation extends VaultTls {
  /** As in VAULT_ADDR: `https://vault.example.com:8200`. */
  readonly vaultAddress: string;

  /** Vault Enterprise and HCP only. @default the root namespace */
  readonly namespace?: string;
}

export interface VaultRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The API path without `/v1/`. */
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** Vault answered, and refused. */
export class VaultError extends Error {
  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** What Vault's answer lists under `errors`; the start of the answer if it is not Vault's JSON. */
    readonly errors: readonly string[],
    request: Pick<VaultRequest, 'method' | 'path'>,
  ) {
    super(
      `Vault answered ${request.method} ${request.path} with ${status}: ${errors.join('; ') || 'no text'}`,
    );
    this.name = 'VaultError';
  }
}

/** No answer came: wrong address, nobody there, a certificate that is not trusted, an abort. */
export class VaultUnreachableError extends Error {
  constructor(vaultAddress: string, cause: unknown) {
    super(`no answer from Vault at '${vaultAddress}': ${innermostMessage(cause)}`, { cause });
    this.name = 'VaultUnreachableError';
  }
}

const TIMEOUT_MS = 30_000;

/**
 * One call of Vault's HTTP API. Name a private certificate authority in the location, or to Node with
 * NODE_EXTRA_CA_CERTS; Vault's own VAULT_CACERT is not read.
 *
 * @returns the answer's JSON, or undefined if it has no body
 * @throws VaultError if Vault refuses
 * @throws VaultUnreachableError if no answer comes within 30 seconds, or the signal aborts
 */
export async function callVault(vault: VaultLocation, request: VaultRequest): Promise<unknown> {
  const { namespace } = vault;
  const { status, text } = await fetchText(vault, request, {
    'X-Vault-Request': 'true',
    ...(namespace && { 'X-Vault-Namespace': namespace }),
    ...(request.token && { 'X-Vault-Token': request.token }),
    ...(request.body && { 'Content-Type': 'application/json' }),
  });
  const json = parseJson(text);
  if (status >= 400 || (text !== '' && json === undefined)) {
    throw new VaultError(status, errorsOf(json) ?? [text.slice(0, 300)].filter(Boolean), request);
  }
  return json;
}

async function fetchText(vault: VaultLocation, request: VaultRequest, headers: Record<string, string>) {
  const { vaultAddress } = vault;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const init = {
    method: request.method,
    headers,
    body: request.body && JSON.stringify(request.body),
    signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
  };
  try {
    const url = new URL(`v1/${request.path}`, vaultAddress.replace(/\/*$/, '/'));
    if (needsOwnTls(vault)) {
      return await fetchOverTls(url, vault, init);
    }
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new VaultUnreachableError(vaultAddress, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorsOf(json: unknown): string[] | undefined {
  const errors = (json as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(errors) ? errors.map(String) : undefined;
}

/** fetch says only 'fetch failed'; the reason is in the cause of the cause, or among several tries. */
export function innermostMessage(error: unknown): string {
  const { cause, errors, message } = error as { cause?: unknown; errors?: unknown[]; message?: string };
  const inner = cause ?? errors?.[0];
  return inner === undefined ? (message ?? String(error)) : innermostMessage(inner);
}
