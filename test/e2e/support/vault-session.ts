import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessKey } from '../../../sandbox/servers';

/**
 * AWS credentials that Vault finds where it runs, as those of an instance profile: there is none in the sandbox, so
 * they are in the shared credentials file, another link of the same chain. To be made before Vault starts, which
 * inherits the environment; the credentials may come later.
 */
export class VaultSession {
  private readonly folder = mkdtempSync(join(tmpdir(), 'vault-session-'));

  constructor() {
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(this.folder, 'credentials');
  }

  /** From now on Vault is whoever these credentials are of. */
  become({ accessKeyId, secretAccessKey, sessionToken }: AccessKey & { sessionToken: string }): void {
    const lines = [
      '[default]',
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
      `aws_session_token = ${sessionToken}`,
    ];
    writeFileSync(join(this.folder, 'credentials'), lines.join('\n'), { mode: 0o600 });
  }

  remove(): void {
    delete process.env.AWS_SHARED_CREDENTIALS_FILE;
    rmSync(this.folder, { recursive: true });
  }
}
