import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { textsOf, whileMutated } from './mutate';

const ORIGINAL = 'if (open) {\n  close();\n}\n';
const MUTATION = {
  file: 'door.ts',
  what: 'The door stays open.',
  from: '  close();\n',
  to: '  $&;\n',
  test: 'door.test.ts',
  titles: ['the door closes'],
};

let root: string;
const read = () => readFileSync(join(root, 'door.ts'), 'utf8');
const write = (text: string) => writeFileSync(join(root, 'door.ts'), text);
const mutate = (act: (signal: AbortSignal) => Promise<unknown>) => whileMutated(MUTATION, act, root);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'mutate-'));
  write(ORIGINAL);
  const author = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    [...author, 'commit', '--quiet', '--message', 'A door'],
  ]) {
    await execa('git', args, { cwd: root });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

test('the file is mutated while something runs, and then restored', async () => {
  expect(await mutate(() => Promise.resolve(read()))).toBe('if (open) {\n  $&;\n}\n');
  expect(read()).toBe(ORIGINAL);
});

test('the file is restored if what runs fails', async () => {
  await expect(mutate(() => Promise.reject(new Error('It failed.')))).rejects.toThrow('It failed.');
  expect(read()).toBe(ORIGINAL);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'the file is restored after %s, which ends what runs',
  async (signal) => {
    const act = (interrupted: AbortSignal) =>
      new Promise((resolve) => {
        interrupted.addEventListener('abort', resolve);
        process.emit(signal, signal);
      });

    await expect(mutate(act)).rejects.toThrow(`Interrupted by ${signal}.`);
    expect(read()).toBe(ORIGINAL);
    expect(process.listenerCount(signal)).toBe(0);
  },
);

test('a file with changes that are not committed is not mutated', async () => {
  const mine = `// Mine.\n${ORIGINAL}`;
  write(mine);
  const act = jest.fn();

  await expect(mutate(act)).rejects.toThrow('door.ts: has changes that are not committed.');
  expect(act).not.toHaveBeenCalled();
  expect(read()).toBe(mine);
});

test.each([
  [0, 'open();\n'],
  [2, ORIGINAL + ORIGINAL],
])('a place that is there %d times is an error', (times, text) => {
  write(text);

  expect(() => textsOf(MUTATION, root)).toThrow(`it is there ${times} times:\n  close();`);
});
