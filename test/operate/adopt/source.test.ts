import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { settingsFile } from '../../../lib/operate/adopt/settings-file';
import { Code, type Source, textOf, valueOf } from '../../../lib/operate/adopt/source';

const PROJECT = resolve(__dirname, '../../..');

/** Values as AWS and Vault have them. */
const values = fc.letrec<{ value: Source; object: Source }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom('user/${aws:username}', "it's", '"quoted"', 'line\nbreak', 'back\\slash', '\\"', '*/'),
    fc.nat(),
    fc.boolean(),
    fc.array(fc.string({ maxLength: 40 }), { maxLength: 6 }),
    fc.array(tie('object'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.stringMatching(/^[a-z-]{1,20}$/), tie('value'), { maxKeys: 5 }),
}));

/** What the settings of a file are. */
function settingsOf(file: string): unknown {
  const [, text] = file.split('export const settings: Settings = ');
  return runInNewContext(`(${text!.trimEnd().replace(/;$/, '')})`);
}

test('what is written means what was meant, before and after Prettier', async () => {
  await fc.assert(
    fc.asyncProperty(values.object, async (object) => {
      expect(runInNewContext(`(${textOf(object)})`)).toEqual(object);
      expect(settingsOf(await settingsFile(object))).toEqual(object);
    }),
  );
});

test('what is written passes the check of Prettier with the settings of the project', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  try {
    copyFileSync(join(PROJECT, '.prettierrc.json'), join(folder, '.prettierrc.json'));
    for (const [index, object] of fc.sample(values.object, { numRuns: 50, seed: 1 }).entries()) {
      writeFileSync(join(folder, `settings-${index}.ts`), await settingsFile(object));
    }
    const prettier = join(PROJECT, 'node_modules/prettier/bin/prettier.cjs');
    const { stdout } = await promisify(execFile)(process.execPath, [prettier, '--check', folder]);

    expect(stdout).toContain('All matched files use Prettier code style!');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test('an object that holds others has a line for each, and a short one none', async () => {
  const file = await settingsFile({ a: { b: { c: 1 } }, d: { e: [1, 2] } });

  expect(file).toContain('= {\n  a: {\n    b: { c: 1 },\n  },\n  d: { e: [1, 2] },\n};\n');
});

describe('code', () => {
  const source: Source = {
    ttl: new Code('Duration.hours(1)', 3600),
    list: [new Code('a()', 'A')],
    none: undefined,
  };

  test('is written as it is', () => {
    expect(textOf(source)).toBe('{ttl: Duration.hours(1), list: [a()]}');
  });

  test('has its own value', () => {
    expect(valueOf(source)).toEqual({ ttl: 3600, list: ['A'] });
  });
});
