import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { sandboxEnvironment } from './environment';
import type { SandboxFolder, SandboxRecord } from './sandbox-folder';

/** The stack's name in the sandbox, as in the user's account. */
export const STACK = 'vault-aws-auth';

/** Arguments that make cdktf work on the sandbox instead of the user's account. */
export function cdktfArguments(folder: SandboxFolder): string[] {
  return ['--app', 'node --import tsx bin/sandbox-app.ts', '--output', folder.cdkOut];
}

const STEP =
  /Initializing|(?:Reading|Creating|Modifying|Destroying)\.\.\.|complete after|complete!|Planning|No changes|Error:/;

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called with each step of terraform. The whole output goes to the log. */
  readonly onStep?: (step: string) => void;
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` on the sandbox, unattended.
 *
 * @throws Error with what cdktf printed, if it fails
 */
export async function runCdktf(
  command: 'deploy' | 'destroy',
  folder: SandboxFolder,
  record: SandboxRecord,
  options: RunOptions = {},
): Promise<void> {
  // The lock step asks the registry even if a mirror has all providers.
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
    // CI: no animation, only lines.
    env: { ...sandboxEnvironment(folder, record), CI: 'true' },
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: options.signal,
    // Time for Terraform to finish its step and to release the state.
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
