import { Listr } from 'listr2';
import type { VerifyReport } from '../../login';
import type { Settings } from '../../stacks';
import { runCdktf } from '../cdktf';
import { describeProgress, getParts, type Parts } from '../parts';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';
import { startServers, stopServers, whatRuns } from '../servers';
import { verifyTestUser } from '../test-login';

export interface UpOptions {
  readonly settings: Settings;
  readonly folder: SandboxFolder;
  readonly signal: AbortSignal;
}

/** What the steps hand on to each other. */
interface Steps {
  parts: Parts;
  record: SandboxRecord;
  startedHere: boolean;
  report: VerifyReport;
}

/**
 * Brings the sandbox up to a verified login, showing each step; what runs already is used again.
 *
 * Where a step fails or is interrupted, the servers that this call started are stopped and their files removed.
 *
 * @throws what went wrong in a step
 */
export async function up({ settings, folder, signal }: UpOptions): Promise<Pick<Steps, 'record' | 'report'>> {
  const tasks = new Listr<Steps>(
    [
      {
        title: 'Parts: terraform, the two providers, Vault, moto',
        task: async (steps, task) => {
          steps.parts = await getParts({
            signal,
            onProgress: (event) => (task.output = describeProgress(event)),
          });
        },
      },
      {
        title: 'Servers: Vault and moto, as AWS, on loopback',
        task: async (steps, task) => {
          const earlier = folder.read();
          const running = earlier && (await whatRuns(earlier));
          if (earlier && running?.vault && running.moto) {
            steps.record = earlier;
            task.title = 'Servers: Vault and moto run already';
            return;
          }
          if (earlier) {
            task.output =
              'Vault or moto of an earlier run is gone, and with it what was in them: starting anew';
            await stopServers(folder, earlier);
          }
          steps.record = await startServers(folder, steps.parts);
          steps.startedHere = true;
        },
      },
      {
        title: 'cdktf deploy: the stack of settings.ts',
        task: async ({ record }, task) => {
          await runCdktf('deploy', folder, record, { signal, onLine: (line) => (task.output = line) });
        },
      },
      {
        title: 'Log in to Vault as the test user',
        task: async (steps) => {
          steps.report = await verifyTestUser(settings, folder, steps.record, signal);
        },
      },
    ],
    {
      fallbackRenderer: 'simple',
      rendererOptions: { showErrorMessage: false },
      registerSignalListeners: false,
    },
  );
  const steps = {} as Steps;
  try {
    await tasks.run(steps);
  } catch (error) {
    if (steps.startedHere) {
      await stopServers(folder, steps.record);
    }
    throw error;
  }
  return steps;
}
