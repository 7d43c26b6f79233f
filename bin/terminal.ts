import type { Command } from 'commander';

// The AWS SDK tells every Node 20 user at each start that its later versions will need a later Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Colour only on a terminal, and not where NO_COLOR says so: https://no-color.org */
export const colour = Boolean(process.stdout.isTTY && !process.env.NO_COLOR);

const interrupted = new AbortController();

/** Aborts at Ctrl-C, so that what is begun can be cleaned up; a second Ctrl-C ends at once. */
export function interruption(): AbortSignal {
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not `once`: with no listener left, the libraries that clean up at exit would end the process at once.
    process.on(signal, () => {
      first ||= Date.now();
      interrupted.abort(new Error(`Interrupted by ${signal}.`));
      // npm passes on the signal that the terminal has sent already: twice in a second is one Ctrl-C.
      if (Date.now() - first > 1_000) {
        process.exit(130);
      }
    });
  }
  return interrupted.signal;
}

/** A reader that has enough, such as `head`, is no failure: the exit code stays what the command says. */
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
