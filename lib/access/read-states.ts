import { constants } from 'node:buffer';
import { execa } from 'execa';
import { InvalidInputError } from './invalid-input';
import { type AccessSource, stacksIn } from './read-sources';
import { readState } from './read-state';

export interface StateOptions {
  readonly signal: AbortSignal;
  /** Whose TERRAFORM_BINARY_NAME is asked. @default this process's environment */
  readonly env?: NodeJS.ProcessEnv;
  /** Told what takes over two seconds. */
  readonly onStep?: (step: string) => void;
}

const LONG_MS = 2_000;

/** The states of every stack that was deployed from a folder. @throws InvalidInputError where one can't be had */
export async function readStates(outdir: string, options: StateOptions): Promise<AccessSource[]> {
  const sources: AccessSource[] = [];
  for (const { name, folder } of stacksIn(outdir)) {
    const source = `The state of ${name}`;
    const resources = readState(await show(folder, source, options), source);
    sources.push({ name, kind: 'state', resources });
  }
  return sources;
}

async function show(cwd: string, source: string, { env = process.env, signal, onStep }: StateOptions) {
  const cli = env.TERRAFORM_BINARY_NAME ?? 'terraform';
  const timer = setTimeout(() => onStep?.(`${cli} show -json in ${cwd}`), LONG_MS);
  const { stdout, failed, code, stderr, shortMessage } = await execa(cli, ['show', '-json', '-no-color'], {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
    maxBuffer: constants.MAX_STRING_LENGTH,
  });
  clearTimeout(timer);
  signal.throwIfAborted();
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
      `deploy it first, with \`npx cdktf deploy\`, or run \`${cli} init\` there\n${stderr || shortMessage}`,
    );
  }
  return stdout;
}
