import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { rows } from './tables';

const ROOT = join(__dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/agent.md'), 'utf8');

const tables = rows('docs/agent.md');
const parameters = (heading: string) =>
  (tables.get(heading) ?? []).map(([parameter]) => parameter!.replaceAll('`', ''));

/** Fields of an interface of the agent's model, as the agent writes them. */
function fieldsOf(declaration: string): string[] {
  const file = join(ROOT, 'lib/agent/agent-config.ts');
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const found = statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === declaration);
  return found!.members
    .map(({ name }) => (name as ts.Identifier).text)
    .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

test.each([
  ['AutoAuth', ['The block auto_auth']],
  ['AwsMethod', ['The block method', "The method's block config"]],
  ['Sink', ['A sink']],
])('every parameter of %s has its row, and no other has', (declaration, headings) => {
  expect(headings.flatMap(parameters).sort()).toEqual(fieldsOf(declaration).sort());
});

test('every row says its default and its trap, but for what has none', () => {
  const withoutTrap = ['The block auto_auth', 'The block method', "The method's block config", 'A sink']
    .flatMap((heading) => tables.get(heading)!)
    .filter(([, , trap]) => trap === '');

  expect(withoutTrap).toEqual([]);
});

const named = [...tables.values()]
  .flat()
  .flatMap((row) => row.at(-1)!.split('<br>'))
  .flatMap((text) => [...text.matchAll(/^`((?:e2e\/)?agent\/[\w-]+)` (.+)$/g)])
  .map(([, file, title]): [string, string] => [file!, title!]);

test.each(named)('%s has a test: %s', (file, title) => {
  const source = readFileSync(join(ROOT, 'test', `${file}.test.ts`), 'utf8');

  expect(["'", '"', '`'].some((quote) => source.includes(quote + title + quote))).toBe(true);
});

test('every parameter names a test', () => {
  const without = ['The block auto_auth', 'The block method', "The method's block config", 'A sink']
    .flatMap((heading) => tables.get(heading)!)
    .filter((row) => !/^`(e2e\/)?agent\/[\w-]+` ./.test(row.at(-1)!));

  expect(without).toEqual([]);
  expect(named.length).toBeGreaterThan(30);
});

test.each([...new Set([...DOCUMENT.matchAll(/`((?:e2e\/)?agent\/[\w-]+)`/g)].map(([, file]) => file!))])(
  'the tests %s are there',
  (file) => {
    expect(existsSync(join(ROOT, 'test', `${file}.test.ts`))).toBe(true);
  },
);

test.each([...new Set([...DOCUMENT.matchAll(/npx vault-aws-auth ([\w-]+)/g)].map(([, name]) => name!))])(
  'the command %s is there',
  (name) => {
    expect(existsSync(join(ROOT, `bin/commands/${name}.ts`))).toBe(true);
  },
);

test('the order of the sources is that in which the tests find them', () => {
  const source = readFileSync(join(ROOT, 'test/e2e/agent/iam-sources.test.ts'), 'utf8');
  const [, list] = /const SOURCES = \[([^\]]*)\]/.exec(source)!;
  const words = { static: 1, environment: 2, shared: 3, identity: 4, container: 5, metadata: 6 };

  expect([...list!.matchAll(/static|environment|shared|identity|container|metadata/g)].map(String)).toEqual(
    Object.keys(words),
  );
  expect(tables.get('Where the credentials come from')!.map(([number]) => Number(number))).toEqual(
    Object.values(words),
  );
});
