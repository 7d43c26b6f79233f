import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../../lib/operate/adopt';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adopt-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const FILES = { 'policies/dev.hcl': 'a policy', 'settings.ts': 'settings' };
const there = () => readdirSync(folder, { recursive: true }).sort();
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

test('files are written, with the folders that they are in', () => {
  writeFiles(folder, FILES, false);

  expect(there()).toEqual(['policies', 'policies/dev.hcl', 'settings.ts']);
  expect([read('policies/dev.hcl'), read('settings.ts')]).toEqual(['a policy', 'settings']);
});

test('a file with another text is not replaced, and then nothing is written', () => {
  writeFileSync(join(folder, 'settings.ts'), 'mine');

  expect(() => writeFiles(folder, FILES, false)).toThrow(
    `Nothing was written, because this exists already: ${join(folder, 'settings.ts')}. See what would be written with --dry-run, and replace it with --force.`,
  );
  expect(there()).toEqual(['settings.ts']);
  expect(read('settings.ts')).toBe('mine');
});

test('it is replaced by force', () => {
  writeFileSync(join(folder, 'settings.ts'), 'mine');
  writeFiles(folder, FILES, true);

  expect(read('settings.ts')).toBe('settings');
});

test('a file with the same text is in nobody’s way', () => {
  writeFiles(folder, FILES, false);

  expect(() => writeFiles(folder, FILES, false)).not.toThrow();
});

test('where one can not be written, no other is, and no draft is left', () => {
  writeFileSync(join(folder, 'policies'), 'a file where the folder should be');

  expect(() =>
    writeFiles(folder, { 'settings.ts': 'settings', 'policies/dev.hcl': 'a policy' }, true),
  ).toThrow();
  expect(there()).toEqual(['policies']);
});

test('a draft that can not take its place is not left', () => {
  mkdirSync(join(folder, 'settings.ts'));

  expect(() => writeFiles(folder, { 'settings.ts': 'settings' }, true)).toThrow();
  expect(there()).toEqual(['settings.ts']);
});
