import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { text as readText } from 'node:stream/consumers';

/** What the TLS of a Vault needs beyond the system's own certificate authorities. Files are read where this runs. */
export interface VaultTls {
  /** PEM file of the certificate authority that signed Vault's certificate. @default the system's, and VAULT_CACERT for Terraform */
  readonly caCertFile?: string;

  /** The name that Vault's certificate is for, if it is not the address's. @default the address's host */
  readonly tlsServerName?: string;

  /** PEM files of the client certificate and key, if Vault requires them. @default none */
  readonly clientAuth?: { readonly certFile: string; readonly keyFile: string };
}

/** Whether `fetch` would not do. */
export function needsOwnTls({ caCertFile, tlsServerName, clientAuth }: VaultTls): boolean {
  return caCertFile !== undefined || tlsServerName !== undefined || clientAuth !== undefined;
}

/** As `fetch`, with the TLS of a Vault. @throws if a file can't be read, or the certificate is not trusted */
export async function fetchOverTls(
  url: URL,
  { caCertFile, tlsServerName, clientAuth }: VaultTls,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
): Promise<{ status: number; text: string }> {
  const files = {
    ca: caCertFile === undefined ? undefined : readFileSync(caCertFile),
    cert: clientAuth && readFileSync(clientAuth.certFile),
    key: clientAuth && readFileSync(clientAuth.keyFile),
  };
  const { method, headers, body, signal } = init;
  return new Promise((resolve, reject) => {
    const request = httpsRequest(url, { method, headers, signal, servername: tlsServerName, ...files });
    request.on('error', reject);
    request.on('response', (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    request.end(body);
  });
}
