import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** A place that only an end-to-end test holds, and a change of it that this test must notice. */
export interface Mutation {
  /** The place, from the root of the project. */
  readonly file: string;
  /** What is wrong after the change, in one sentence. */
  readonly what: string;
  /** The text that is replaced; it is in the file once. */
  readonly from: string;
  readonly to: string;
  /** The test that must fail: its file below `test/e2e`. */
  readonly test: string;
  /** Parts of the titles of the tests to run, as they are in the file. Those that it needs before or after it too. */
  readonly titles: readonly string[];
}

/** The text of the file and its mutated text. @throws Error if the place is not there, or more than once */
export function textsOf({ file, from, to }: Mutation, root = '.'): { original: string; mutated: string } {
  const original = readFileSync(join(root, file), 'utf8');
  const parts = original.split(from);
  if (parts.length !== 2) {
    throw new Error(
      `${file}: the text to replace must be there once, change test/mutations/mutations.ts; it is there ${parts.length - 1} times:\n${from}`,
    );
  }
  return { original, mutated: parts.join(to) };
}

/** @throws Error if git knows of changes in the file: they could be lost with a mutation */
export async function refuseUncommitted({ file }: Mutation, root = '.'): Promise<void> {
  const { stdout } = await execa('git', ['status', '--porcelain', '--', file], { cwd: root });
  if (stdout !== '') {
    throw new Error(`${file}: has changes that are not committed. Commit or stash them first.`);
  }
}

/**
 * Mutates a file while something runs. The file is restored also if that fails, or if Ctrl-C ends it.
 *
 * @param act must end if its signal aborts
 * @throws Error as {@link textsOf} and {@link refuseUncommitted} do, or if a signal came
 */
export async function whileMutated<T>(
  mutation: Mutation,
  act: (signal: AbortSignal) => Promise<T>,
  root = '.',
): Promise<T> {
  const { original, mutated } = textsOf(mutation, root);
  await refuseUncommitted(mutation, root);
  const interrupted = new AbortController();
  const interrupt = (signal: string) => interrupted.abort(new Error(`Interrupted by ${signal}.`));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  signals.forEach((signal) => process.on(signal, interrupt));
  const file = join(root, mutation.file);
  try {
    writeFileSync(file, mutated);
    const result = await act(interrupted.signal);
    interrupted.signal.throwIfAborted();
    return result;
  } finally {
    writeFileSync(file, original);
    signals.forEach((signal) => process.off(signal, interrupt));
  }
}
