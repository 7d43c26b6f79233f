import { constants } from 'node:buffer';
import { execa } from 'execa';
import { InvalidInputError } from './invalid-input';

/** What takes longer than this is said. */
const LONG_MS = 2_000;

/** How a command of Terraform's CLI is run. */
export interface ShowOptions {
  /** Whose TERRAFORM_BINARY_NAME names the CLI. @default this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Is told what takes its time. */
  readonly onStep?: (step: string) => void;
}

/** What is shown, and what to say where it can't be. */
export interface Shown {
  /** Where the CLI runs: an initialised folder. */
  readonly cwd: string;
  /** A plan file. @default the state */
  readonly plan?: string;
  /** What it is called in messages. */
  readonly source: string;
  /** What to do where the CLI can't show it. */
  readonly action: (cli: string) => string;
}

/** The CLI that is asked. */
export function cliOf(env: NodeJS.ProcessEnv = process.env): string {
  return env.TERRAFORM_BINARY_NAME ?? 'terraform';
}

/**
 * What `terraform show -json` prints.
 *
 * @throws InvalidInputError where there is no CLI, or where it shows nothing
 */
export async function terraformShow(
  { cwd, plan, source, action }: Shown,
  { env = process.env, onStep }: ShowOptions,
): Promise<string> {
  const cli = cliOf(env);
  const timer = setTimeout(() => onStep?.(`${cli} show -json ${plan ?? `in ${cwd}`}`), LONG_MS);
  const args = ['show', '-json', '-no-color', ...(plan === undefined ? [] : [plan])];
  const { stdout, failed, code, stderr, shortMessage } = await execa(cli, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    maxBuffer: constants.MAX_STRING_LENGTH,
  });
  clearTimeout(timer);
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
      `can't be shown by \`${cli} show -json\` in ${cwd}`,
      `${action(cli)}\n${stderr || shortMessage}`,
    );
  }
  return stdout;
}
