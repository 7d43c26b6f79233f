import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkTypes } from '../../../lib/operate/types';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'types-'));
  writeFileSync(
    join(project, 'tsconfig.app.json'),
    JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, files: ['settings.ts'] }),
  );
});
afterEach(() => rmSync(project, { recursive: true }));

const withCompiler = () => symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
const settings = (code: string) => writeFileSync(join(project, 'settings.ts'), code);

test('types that are right are no problem', async () => {
  withCompiler();
  settings("export const address: string = 'https://vault.example.com';\n");

  expect(await checkTypes(project)).toEqual([]);
});

test('each wrong type is one problem, with its place and all that the compiler says of it', async () => {
  withCompiler();
  settings(
    'interface A { a: { b: string } }\nexport const a: A = { a: { b: 1 } };\nexport const b: A = { a: a };\n',
  );

  const [first, second, ...more] = await checkTypes(project);
  expect(first).toMatch(/^settings\.ts\(2,28\): error TS2322: Type 'number' is not assignable/);
  expect(second).toMatch(/^settings\.ts\(3,23\): error TS\d+: /);
  expect(more).toEqual([]);
});

test('a compiler that is not installed is a problem, and not a pass', async () => {
  mkdirSync(join(project, 'node_modules'));
  settings('');

  expect(await checkTypes(project)).toEqual([
    expect.stringMatching(
      /^types: they could not be checked, run npm ci with the development dependencies; got 'Error: Cannot find module/,
    ),
  ]);
});
