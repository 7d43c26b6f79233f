import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOOLS } from './go';
import type { Context, Job, Part } from './part';
import { run } from './run';

/** pip writes the environment's path into its scripts, and the environment moves into place when it is complete. */
const MOTO_SERVER = `#!/bin/sh
exec "$(dirname "$0")/python" -m moto.server "$@"
`;

/** moto, the AWS of the sandbox, in its own Python environment. */
export const moto: Part = {
  name: 'moto',
  // A moto on PATH may lack extras, or have another version with other gaps.
  find: () => Promise.resolve({ passedOver: [] }),
  build: {
    phase: 'build',
    product: 'moto',
    version: '5.2.1',
    folder: 'moto/5.2.1',
    // The interpreter is a link to the machine's Python, which may have been removed since.
    programs: () => ['bin/moto_server', 'bin/python'],
    typicalSeconds: 20,
    source: () => 'sandbox/tools/moto/requirements.txt with pip',
    obstacle: async (context) => {
      const { installed, passedOver } = await context.python();
      return installed ? undefined : ['Python 3.10 or newer is not on PATH', ...passedOver].join('; ');
    },
    make: makeEnvironment,
  },
  advice: 'see python',
};

async function makeEnvironment(job: Job, context: Context): Promise<void> {
  const { installed } = await context.python();
  const options = { cwd: job.into, env: context.env, signal: job.signal };
  job.say('making a Python environment for moto');
  await run(installed?.path ?? 'python3', ['-m', 'venv', job.into], options);
  job.say('installing moto and what it needs');
  const requirements = join(TOOLS, 'moto/requirements.txt');
  await run(
    join(job.into, 'bin/python'),
    // Wheels only: a source package runs code that no hash here covers.
    ['-m', 'pip', 'install', '--require-hashes', '--only-binary', ':all:', '--no-input', '-r', requirements],
    options,
  );
  const script = join(job.into, 'bin/moto_server');
  await writeFile(script, MOTO_SERVER);
  await chmod(script, 0o755);
}
