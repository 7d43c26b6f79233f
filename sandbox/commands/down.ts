import { Listr } from 'listr2';
import { readAgent, stopAgent } from '../agent/agent-record';
import { runCdktf } from '../cdktf';
import type { SandboxFolder } from '../sandbox-folder';
import { stopServers, whatRuns } from '../running';

export interface DownOptions {
  readonly folder: SandboxFolder;
  readonly signal: AbortSignal;
}

/**
 * Stops an agent, destroys the stack, stops the servers and removes the sandbox's folder.
 *
 * @returns whether there was a sandbox
 * @throws Error with what cdktf printed, if the stack can't be destroyed; the sandbox then stays
 */
export async function down({ folder, signal }: DownOptions): Promise<boolean> {
  const record = folder.read();
  if (!record) {
    return false;
  }
  const running = await whatRuns(record);
  const gone = [!running.vault && 'Vault', !running.moto && 'moto'].filter(Boolean).join(' and ');
  await new Listr(
    [
      {
        title: 'Stop the agent',
        enabled: () => readAgent(folder) !== undefined,
        task: () => stopAgent(folder),
      },
      {
        title: 'cdktf destroy',
        skip: () =>
          gone !== '' &&
          `${gone} is gone already, with everything that the stack made in it: dropping its state`,
        task: (_, task) =>
          runCdktf('destroy', folder, record, { signal, onStep: (step) => (task.output = step) }),
      },
      { title: 'Stop Vault and moto, remove their files', task: () => stopServers(folder, record) },
    ],
    {
      fallbackRenderer: 'simple',
      rendererOptions: { showErrorMessage: false },
      registerSignalListeners: false,
    },
  ).run();
  return true;
}
