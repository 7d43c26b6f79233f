import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { sandboxEnvironment } from './environment';
import type { SandboxFolder, SandboxRecord } from './sandbox-folder';

/** The stack's name in the sandbox, as in the person's account. */
export const STACK = 'vault-aws-auth';

/** What makes cdktf work on the sandbox instead of the person's own account. */
export function cdktfArguments(folder: SandboxFolder): string[] {
  return ['--app', 'node --import tsx bin/sandbox-app.ts', '--output', folder.cdkOut];
}

const STEP =
  /Initializing|(?:Reading|Creating|Modifying|Destroying)\.\.\.|complete after|complete!|Planning|No changes|Error:/;

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called with each step that terraform says it takes; all that is printed goes to the log. */
  readonly onStep?: (step: string) => void;
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` on the sandbox, unattended.
 *
 * @throws with what cdktf printed, where it fails
 */
export async function runCdktf(
  command: 'deploy' | 'destroy',
  folder: SandboxFolder,
  record: SandboxRecord,
  options: RunOptions = {},
): Promise<void> {
  // The lock step asks the registry even where a mirror has all providers.
  const args = [
    command,
    STACK,
    '--auto-approve',
    '--skip-provider-lock',
    '--no-color',
    ...cdktfArguments(folder),
  ];
  const run = execa('cdktf', args, {
    preferLocal: true,
    extendEnv: false,
    // CI: no moving picture, a line when there is one.
    env: { ...sandboxEnvironment(folder, record), CI: 'true' },
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: options.signal,
    // Terraform finishes what it is at and releases the state.
    forceKillAfterDelay: 20_000,
  });
  const log = createWriteStream(join(folder.logs, 'cdktf.log'), { flags: 'a', mode: 0o600 });
  for await (const line of run.iterable({ from: 'all' })) {
    log.write(`${line}\n`);
    if (STEP.test(line)) {
      options.onStep?.(line.replace(/^\S*\s+/, ''));
    }
  }
  log.end();
  const { failed, isCanceled, all } = await run;
  if (failed && !isCanceled) {
    throw new Error(`cdktf ${command} failed:\n${all}`);
  }
  options.signal?.throwIfAborted();
}
