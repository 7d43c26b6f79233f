import type { Command } from 'commander';

// With Node 20 the AWS SDK warns at each start that its later versions will need a later Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Colour only on a terminal, and not if NO_COLOR is set: https://no-color.org */
export const colour = Boolean(process.stdout.isTTY && !process.env.NO_COLOR);

const interrupted = new AbortController();

/** Aborts at Ctrl-C, so that the command can clean up. A second Ctrl-C ends it at once. */
export function interruption(): AbortSignal {
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not `once`: with no listener left, the libraries that clean up at exit would end the process at once.
    process.on(signal, () => {
      first ||= Date.now();
      interrupted.abort(new Error(`Interrupted by ${signal}.`));
      // npm repeats the signal that the terminal sent: two within a second are one Ctrl-C.
      if (Date.now() - first > 1_000) {
        process.exit(130);
      }
    });
  }
  return interrupted.signal;
}

/** Says on stderr what takes long. Only the answer is on stdout. */
export function onStep(step: string): void {
  console.error(`${step} …`);
}

/** A reader that stops early, such as `head`, is no failure: the exit code stays the same. */
function letReadersLeave(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
}

/** Runs the command line; an error is its message alone, and exit code 1, or 130 after an interruption. */
export function run(program: Command): void {
  letReadersLeave();
  program.parseAsync().catch((error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = interrupted.signal.aborted ? 130 : 1;
  });
}
