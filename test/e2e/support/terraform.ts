import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { Providers } from './providers';
import { stackFiles } from './stack-files';
import { timed } from './times';

export interface InStack {
  readonly program: string;
  /** The folder of a synthesized stack. */
  readonly cwd: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Ended {
  readonly exitCode: number;
  /** All that it printed. */
  readonly output: string;
}

/** Runs terraform in the folder of a stack; what needs providers has ones of its own. */
export async function runTerraform({ program, cwd, env }: InStack, args: readonly string[]): Promise<Ended> {
  const command = args[0]!;
  return timed(command, async () => {
    const providers = ['plan', 'apply', 'destroy'].includes(command)
      ? await Providers.startFor(cwd, env)
      : undefined;
    try {
      const { exitCode, all } = await execa(program, args, {
        cwd,
        env: { ...env, ...providers?.env },
        extendEnv: false,
        all: true,
        reject: false,
      });
      return { exitCode: exitCode ?? -1, output: all };
    } finally {
      await providers?.stop();
    }
  });
}

/** What each folder was initialised for. */
const initialised = new Map<string, string>();

/** Runs `terraform init` in the folder of a stack if what it looks at has changed since the last time. */
export async function initStack(inStack: InStack): Promise<Ended> {
  const { cwd } = inStack;
  const now = JSON.stringify(stackFiles(cwd).map(({ terraform, module }) => [terraform, module]));
  if (initialised.get(cwd) === now && existsSync(join(cwd, '.terraform'))) {
    return { exitCode: 0, output: '' };
  }
  const ended = await runTerraform(inStack, ['init', '-input=false']);
  if (ended.exitCode === 0) {
    initialised.set(cwd, now);
  }
  return ended;
}
