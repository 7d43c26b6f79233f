import { Listr } from 'listr2';
import type { VerifyReport } from '../../lib/operate/verify';
import type { Settings } from '../../lib/constructs/stacks';
import { runCdktf } from '../cdktf';
import type { Parts } from '../parts';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';
import { stopServers, whatRuns } from '../running';

export interface UpOptions {
  /** Reads the settings. It is not called before cdktf runs. */
  readonly settings: () => Promise<Settings>;
  readonly folder: SandboxFolder;
  readonly signal: AbortSignal;
}

/** What the steps give to each other. */
interface Steps {
  parts: Parts;
  record: SandboxRecord;
  verify: () => Promise<VerifyReport>;
  report: VerifyReport;
}

/**
 * Brings the sandbox up to a verified login, and shows each step. What runs already is used.
 *
 * If a step fails or is interrupted, the servers that this call started are stopped and their files removed.
 *
 * @throws what went wrong in a step
 */
export async function up({
  settings: readSettings,
  folder,
  signal,
}: UpOptions): Promise<Pick<Steps, 'record' | 'report'>> {
  const earlier = folder.read();
  const running = earlier && (await whatRuns(earlier));
  const reused = running?.vault && running.moto ? earlier : undefined;

  const tasks = new Listr<Steps>(
    [
      {
        title: 'Get the parts: terraform, the two providers, Vault, moto',
        enabled: !reused,
        task: async (steps, task) => {
          const { describeProgress, getParts } = await import('../parts');
          steps.parts = await getParts({
            signal,
            onProgress: (event) => {
              if (event.phase === 'fetch' || event.phase === 'build') {
                task.output = describeProgress(event);
              }
            },
          });
        },
      },
      {
        title: reused ? 'Vault and moto run already' : 'Start Vault, and moto as AWS, on loopback',
        task: async (steps, task) => {
          if (reused) {
            steps.record = reused;
            return;
          }
          if (earlier) {
            task.output = 'Vault or moto of an earlier run is gone, with everything in it: starting again';
            await stopServers(folder, earlier);
          }
          const { startServers } = await import('../servers/start');
          steps.record = await startServers(folder, steps.parts);
        },
      },
      {
        title: 'cdktf deploy: the stack of settings.ts',
        task: async (steps, task) => {
          const deployed = runCdktf('deploy', folder, steps.record, {
            signal,
            onStep: (step) => (task.output = step),
          });
          // These take most of a second to load, which cdktf's own start hides.
          const [{ verifyTestUser }, settings] = await Promise.all([
            import('../test-login'),
            readSettings(),
            deployed,
          ]);
          steps.verify = () => verifyTestUser(settings, folder, steps.record, signal);
        },
      },
      {
        title: 'Log in to Vault as the test user',
        task: async (steps) => {
          steps.report = await steps.verify();
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
    if (steps.record && !reused) {
      await stopServers(folder, steps.record);
    }
    throw error;
  }
  return steps;
}
