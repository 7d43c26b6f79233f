import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { callVault, type VaultRequest } from '../../../../lib/vault-api/vault-client';
import {
  type ServerProcess,
  startServer,
  stopServer,
  untilReady,
} from '../../../../sandbox/servers/server-process';

/**
 * A Vault that keeps on disk what it holds: unlike the sandbox's, it can be sealed and unsealed, and ended and
 * started again, when it is sealed until somebody comes.
 */
export class LastingVault {
  /** @param binary path of the vault executable */
  static async start(binary: string): Promise<LastingVault> {
    const vault = new LastingVault(binary, await getPort({ host: '127.0.0.1' }));
    await vault.startAgain();
    try {
      const { keys, root_token } = await vault.ask<{ keys: string[]; root_token: string }>(
        'POST',
        'sys/init',
        {
          secret_shares: 1,
          secret_threshold: 1,
        },
      );
      vault.key = keys[0]!;
      vault.token = root_token;
      await vault.unseal();
    } catch (error) {
      await vault.remove();
      throw error;
    }
    return vault;
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'lasting-vault-'));
  private readonly logFile = join(this.folder, 'vault.log');
  private key = '';
  private token = '';
  private server: ServerProcess | undefined;

  private constructor(
    private readonly binary: string,
    private readonly port: number,
  ) {
    writeFileSync(
      join(this.folder, 'vault.hcl'),
      `disable_mlock = true
      storage "file" { path = "${join(this.folder, 'data')}" }
      listener "tcp" {
        address = "127.0.0.1:${port}"
        tls_disable = true
      }`,
    );
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Asks as root. */
  async ask<T>(method: VaultRequest['method'], path: string, body?: object): Promise<T> {
    const request = { method, path, body, token: this.token };
    return (await callVault({ vaultAddress: this.address }, request)) as T;
  }

  async seal(): Promise<void> {
    await this.ask('POST', 'sys/seal');
  }

  async unseal(): Promise<void> {
    await this.ask('POST', 'sys/unseal', { key: this.key });
  }

  async end(): Promise<void> {
    if (this.server) {
      await stopServer(this.server);
    }
  }

  async startAgain(): Promise<void> {
    this.server = await startServer({
      command: this.binary,
      args: ['server', `-config=${join(this.folder, 'vault.hcl')}`],
      logFile: this.logFile,
    });
    await untilReady('Vault', `${this.address}/v1/sys/health`, this.server, this.logFile);
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true });
  }
}
