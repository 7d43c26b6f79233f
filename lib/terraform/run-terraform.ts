import { constants } from 'node:buffer';
import { existsSync } from 'node:fs';
import { InvalidInputError } from './invalid-input';
import { hideSecrets } from './mask';

/** A command that takes longer is named, so that nobody waits without knowing for what. */
const LONG_MS = 2_000;

/** How Terraform's CLI is run. */
export interface CliOptions {
  /** Its environment. TERRAFORM_BINARY_NAME names another CLI than `terraform`. @default this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Called with the command if it takes more than two seconds. */
  readonly onStep?: (step: string) => void;
  /** Ends the CLI. */
  readonly signal?: AbortSignal;
}

/** A command of the CLI, and what to say if it fails. */
export interface CliCommand {
  readonly args: readonly [subcommand: string, ...rest: string[]];
  /** Where it runs: an initialised folder. */
  readonly cwd: string;
  /** What is asked for, as the subject of a sentence. */
  readonly source: string;
  /** What to do if there is no such folder, or if the CLI fails there. */
  readonly action: (cli: string) => string;
}

/** The CLI that is asked. */
export function cliOf(env: NodeJS.ProcessEnv = process.env): string {
  return env.TERRAFORM_BINARY_NAME ?? 'terraform';
}

/**
 * Runs a command of Terraform's CLI that changes nothing.
 *
 * @returns what it prints
 * @throws InvalidInputError if there is no such CLI or folder, or if the command fails; without the secrets of the
 *   environment
 * @throws the signal's reason if it was aborted
 */
export async function runTerraform(
  { args: [subcommand, ...rest], cwd, source, action }: CliCommand,
  { env = process.env, onStep, signal }: CliOptions,
): Promise<string> {
  signal?.throwIfAborted();
  const cli = cliOf(env);
  // The system gives the same error for a folder and for a program that is not there.
  if (!existsSync(cwd)) {
    throw new InvalidInputError(source, `can't be read: there is no folder ${cwd}`, action(cli));
  }
  // Loaded here, because it takes long to load and most importers of this folder run nothing.
  const { execa } = await import('execa');
  const command = [cli, subcommand, ...rest].join(' ');
  const timer = setTimeout(() => onStep?.(`${command} in ${cwd}`), LONG_MS);
  const { stdout, failed, code, stderr, shortMessage } = await execa(
    cli,
    [subcommand, '-no-color', ...rest],
    {
      cwd,
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      cancelSignal: signal,
      maxBuffer: constants.MAX_STRING_LENGTH,
    },
  );
  clearTimeout(timer);
  signal?.throwIfAborted();
  if (code === 'ENOENT') {
    throw new InvalidInputError(
      source,
      `can't be read: there is no ${cli}`,
      'put it into PATH, or name another in TERRAFORM_BINARY_NAME',
    );
  }
  if (failed) {
    throw new InvalidInputError(
      source,
      `can't be shown by \`${command}\` in ${cwd}`,
      `${action(cli)}\n${hideSecrets((stderr || shortMessage || '').trim(), env)}`,
    );
  }
  return stdout;
}
