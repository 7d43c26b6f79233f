import type { Parts } from '../parts';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';
import { startMoto } from './moto-server';
import { stopServer } from './server-process';
import { startVault } from './vault-server';

/** Starts Vault and moto at the same time, and records them. If one fails, the other is stopped, too. */
export async function startServers(folder: SandboxFolder, parts: Parts): Promise<SandboxRecord> {
  folder.create();
  const [vault, aws] = await Promise.allSettled([
    startVault(parts.vault.path, folder.logs),
    startMoto(parts.moto.path, folder.logs),
  ]);
  if (vault.status === 'fulfilled' && aws.status === 'fulfilled') {
    const record = { vault: vault.value, aws: aws.value, parts };
    folder.write(record);
    return record;
  }
  for (const server of [vault, aws]) {
    if (server.status === 'fulfilled') {
      await stopServer(server.value.process);
    }
  }
  folder.remove();
  throw vault.status === 'rejected' ? vault.reason : (aws as PromiseRejectedResult).reason;
}
