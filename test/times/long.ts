import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { execa } from 'execa';

// `npm run test:long` runs the tests that have two sizes, at their full size. With `--since COMMIT` only those are run
// that use a file which has changed since then. What else is named goes to jest.
const [since, args] = sinceOf(process.argv.slice(2));
const long = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => resolve('test', file))
  .filter((file) => /from '(?:\.\.?\/)+support\/size'/.test(readFileSync(file, 'utf8')));
const changed = since === undefined ? long : await changedSince(since);
const files = long.filter((file) => changed.includes(file));
if (files.length === 0) {
  console.log(`No test with two sizes uses a file that has changed since ${since}.`);
} else {
  const { exitCode } = await execa('jest', [...args, '--runTestsByPath', ...files], {
    preferLocal: true,
    env: { TEST_LONG: '1' },
    stdio: 'inherit',
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
}

function sinceOf(given: readonly string[]): [since: string | undefined, others: readonly string[]] {
  const at = given.indexOf('--since');
  return at < 0
    ? [undefined, given]
    : [given[at + 1], given.filter((_, index) => index !== at && index !== at + 1)];
}

/** The test files that use a file which has changed. */
async function changedSince(commit: string): Promise<string[]> {
  const { stdout } = await execa('jest', ['--listTests', '--changedSince', commit], { preferLocal: true });
  return stdout.split('\n');
}
