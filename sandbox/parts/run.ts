import { execa } from 'execa';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const GRACE_MS = 3_000;

/**
 * Runs a program to its end and keeps its last lines for the error message.
 *
 * The program leads its own process group: compilers and installers start further processes, and all of them have to
 * end with it, by the abort signal or by a signal to this process.
 *
 * @throws Error with the command, the exit code and the last lines, or the signal that this process got; the abort
 * signal's reason if it was aborted
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<void> {
  options.signal.throwIfAborted();
  const child = execa(command, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    all: true,
    reject: false,
    buffer: true,
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? NaN), signal);
    } catch {
      // The group has ended by itself.
    }
  };
  const stop = () => {
    kill('SIGTERM');
    setTimeout(() => kill('SIGKILL'), GRACE_MS).unref();
  };
  let endedBy: NodeJS.Signals | undefined;
  const pass = (signal: NodeJS.Signals) => {
    endedBy = signal;
    kill('SIGTERM');
  };
  options.signal.addEventListener('abort', stop, { once: true });
  ENDING_SIGNALS.forEach((signal) => process.once(signal, pass));
  try {
    const { failed, exitCode, all, shortMessage } = await child;
    options.signal.throwIfAborted();
    if (endedBy !== undefined) {
      throw new Error(`${command} was stopped by ${endedBy}. Run the command again: it goes on.`);
    }
    if (failed) {
      const lines = all.trim().split('\n').slice(-15).join('\n');
      const end = exitCode === undefined ? shortMessage : `ended with exit code ${exitCode}`;
      throw new Error(`${command} ${args.join(' ')} (in ${options.cwd}) ${end}:\n${lines}`);
    }
  } finally {
    options.signal.removeEventListener('abort', stop);
    ENDING_SIGNALS.forEach((signal) => process.removeListener(signal, pass));
  }
}
