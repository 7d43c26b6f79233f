import { stopAgent } from './agent/agent-record';
import type { SandboxFolder, SandboxRecord } from './sandbox-folder';
import { isRunning, stopServer } from './servers/server-process';

/** Which of the recorded servers run. Another process with the same number does not count. */
export async function whatRuns(record: SandboxRecord): Promise<{ vault: boolean; moto: boolean }> {
  return { vault: await isRunning(record.vault.process), moto: await isRunning(record.aws.process) };
}

/** Stops only the recorded servers and their agent, and removes the sandbox's folder with the state. */
export async function stopServers(folder: SandboxFolder, record: SandboxRecord): Promise<void> {
  await stopAgent(folder);
  await Promise.all([stopServer(record.vault.process), stopServer(record.aws.process)]);
  folder.remove();
}
