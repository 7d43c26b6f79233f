import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { sections } from './sections';
import { titlesOf } from './titles';

const ROOT = join(__dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/agent.md'), 'utf8');
const LONGEST_LINE = 400;

const BLOCKS = ['The block auto_auth', 'The block method', "The method's block config", 'A sink'];

const found = sections('docs/agent.md');
const parameters = found.filter(({ group }) => BLOCKS.includes(group));
const namesIn = (group: string) =>
  parameters
    .filter((parameter) => parameter.group === group)
    .map(({ title }) => /^`(\w+)`( of a sink)?$/.exec(title)?.[1]);

/** Fields of an interface of the agent's model, as the agent writes them. */
function fieldsOf(declaration: string): string[] {
  const file = join(ROOT, 'lib/agent/agent-config.ts');
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const declared = statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === declaration);
  return declared!.members
    .map(({ name }) => (name as ts.Identifier).text)
    .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

test.each([
  ['AutoAuth', ['The block auto_auth']],
  ['AwsMethod', ['The block method', "The method's block config"]],
  ['Sink', ['A sink']],
])('every parameter of %s has its section, and no other has', (declaration, headings) => {
  expect(headings.flatMap(namesIn).sort()).toEqual(fieldsOf(declaration).sort());
});

test('every parameter says what to know, and its default unless it is the block method', () => {
  const incomplete = parameters.filter(
    ({ title, text, items }) => text.length === 0 || (title !== '`method`' && !items.has('Default')),
  );

  expect(incomplete.map(({ title }) => title)).toEqual([]);
});

const tests = found.flatMap(({ title, items }) =>
  (items.get('Test') ?? []).map((test): [section: string, test: string] => [title, test]),
);

test.each(tests)('%s: there is the test %s', (_, test) => {
  const [, file, title] = /^`([\w/-]+)`: (.+)$/.exec(test)!;

  expect(titlesOf(file!)).toContain(title);
});

test('every section of a parameter or a remedy names a test', () => {
  expect(found.filter(({ items }) => !items.has('Test')).map(({ title }) => title)).toEqual([]);
  expect(tests.length).toBeGreaterThan(30);
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
  const tested = [...list!.matchAll(/static|environment|shared|identity|container|metadata/g)].map(String);
  const documented = [...DOCUMENT.matchAll(/^(\d)\. \*\*(\w+)( [a-z]+)?\*\*: /gm)];

  expect(documented.map(([, , kind]) => kind!.toLowerCase())).toEqual(tested);
  expect(documented.map(([, number]) => Number(number))).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the page can be read as text: it has no table and no long line', () => {
  const lines = DOCUMENT.split('\n');

  expect(lines.filter((line) => line.startsWith('|') || line.length > LONGEST_LINE)).toEqual([]);
});
