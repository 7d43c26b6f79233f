import type { Parts } from '../parts';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';
import { startMoto } from './moto-server';
import { isRunning, stopServer } from './server-process';
import { startVault } from './vault-server';

export type { AccessKey, MotoServer } from './moto-server';
export type { VaultServer } from './vault-server';

/** Starts Vault and moto, side by side, and records them. Where one fails, nothing is left of the other. */
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

/** Which of the recorded servers run; another process that took over a number does not count. */
export async function whatRuns(record: SandboxRecord): Promise<{ vault: boolean; moto: boolean }> {
  return { vault: await isRunning(record.vault.process), moto: await isRunning(record.aws.process) };
}

/** Stops exactly the recorded servers and removes the sandbox's folder, Terraform state included. */
export async function stopServers(folder: SandboxFolder, record: SandboxRecord): Promise<void> {
  await Promise.all([stopServer(record.vault.process), stopServer(record.aws.process)]);
  folder.remove();
}
