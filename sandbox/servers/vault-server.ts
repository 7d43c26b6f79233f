import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import getPort from 'get-port';
import { type ServerProcess, startServer, untilReady } from './server-process';

export interface VaultServer {
  readonly address: string;
  /** The root token of the dev server. Secret. */
  readonly token: string;
  readonly process: ServerProcess;
}

/**
 * Starts Vault in dev mode: unsealed, in memory, on a free loopback port, with a KV version 2 engine at `secret`.
 *
 * @param binary path of the vault executable
 * @param logFolder gets `vault.log`
 */
export async function startVault(binary: string, logFolder: string): Promise<VaultServer> {
  const port = await portWithNext();
  const address = `http://127.0.0.1:${port}`;
  const token = randomUUID();
  const logFile = join(logFolder, 'vault.log');
  const server = await startServer({
    command: binary,
    // Without -dev-no-store-token it would overwrite the user's ~/.vault-token.
    args: ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`],
    // An argument could be seen in the process list.
    env: { VAULT_DEV_ROOT_TOKEN_ID: token },
    logFile,
  });
  await untilReady('Vault', `${address}/v1/sys/health`, server, logFile);
  return { address, token, process: server };
}

/** A free port whose successor is free too: Vault's dev mode listens there for its cluster. */
async function portWithNext(): Promise<number> {
  for (;;) {
    const port = await getPort({ host: '127.0.0.1' });
    if ((await getPort({ host: '127.0.0.1', port: port + 1 })) === port + 1) {
      return port;
    }
  }
}
