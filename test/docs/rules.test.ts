import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WARNINGS } from '../../lib/constructs/checks';
import { rows } from './tables';

const TEST = join(__dirname, '..');
const DOCUMENT = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');

const tables = rows('docs/rules.md');
const cells = [...tables.values()].flat().flatMap((row) => row.at(-1)!.split('<br>'));
const named = [...cells, ...[...DOCUMENT.matchAll(/ Test: (`.+)$/gm)].map(([, test]) => test!)]
  .flatMap((text) => [...text.matchAll(/`((?!test\/)[\w-]+\/[\w/-]+)` (.+)$/g)])
  .map(([, file, title]): [string, string] => [file!, title!.replaceAll('\\', '')]);

test.each(named)('%s has a test: %s', (file, title) => {
  const source = readFileSync(join(TEST, `${file}.test.ts`), 'utf8');

  expect(["'", '"', '`'].some((quote) => source.includes(quote + title + quote))).toBe(true);
});

test('every rule names a test, or is held by its type', () => {
  const without = cells.filter((cell) => !/^`[\w-]+\/[\w/-]+` .+|^by /.test(cell));

  expect(without).toEqual([]);
  expect(named.length).toBeGreaterThan(90);
});

test.each([...DOCUMENT.matchAll(/`test\/(types\/[\w-]+\.ts)`/g)].map(([, file]) => file!))(
  'the types are tested in %s',
  (file) => {
    expect(existsSync(join(TEST, file))).toBe(true);
  },
);

test('the warnings are those of the code', () => {
  expect(tables.get('Warnings')!.map(([id]) => id)).toEqual(Object.keys(WARNINGS).map((id) => `\`${id}\``));
});
