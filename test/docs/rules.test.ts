import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WARNINGS } from '../../lib/constructs/checks';
import { sections } from './sections';
import { titlesOf } from './titles';

const ROOT = join(__dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');
const LONGEST_LINE = 300;

const found = sections('docs/rules.md');
const inGroup = (wanted: string) => found.filter(({ group }) => group === wanted);
const warnings = inGroup('Warnings');
const unseen = inGroup('What no synth can see');
const rules = found.filter((section) => !warnings.includes(section) && !unseen.includes(section));

const tests = found.flatMap(({ title, items }) =>
  (items.get('Test') ?? []).map((test): [rule: string, test: string] => [title, test]),
);

test.each(tests)('%s: there is the test %s', (_, test) => {
  const [, file, title] = /^`([\w./-]+)`(?:: (.+))?$/.exec(test) ?? [];

  if (title === undefined) {
    expect(file).toMatch(/^test\/types\//);
    expect(existsSync(join(ROOT, file!))).toBe(true);
  } else {
    expect(titlesOf(file!)).toContain(title.replaceAll('\\', ''));
  }
});

test('every rule and every warning names a test', () => {
  const without = [...rules, ...warnings].filter(({ items }) => !items.has('Test'));

  expect(without.map(({ title }) => title)).toEqual([]);
  expect(rules.length).toBeGreaterThan(120);
});

test('every rule says when it is checked', () => {
  const known = /^(at (synth|apply|plan)|by the compiler|never\. [A-Z].*\.$)/;
  const without = rules.filter(({ items }) => !known.test((items.get('Checked') ?? []).join(' ')));

  expect(without.map(({ title }) => title)).toEqual([]);
});

test('a rule of the compiler has a test of types, and only such a rule', () => {
  const byCompiler = rules.filter(({ items }) => items.get('Checked')!.join().includes('by the compiler'));
  const withTypes = rules.filter(({ items }) =>
    items.get('Test')!.some((test) => test.includes('`test/types/')),
  );

  expect(withTypes).toEqual(byCompiler);
});

test('the warnings are those of the code', () => {
  expect(warnings.map(({ title }) => title)).toEqual(Object.keys(WARNINGS).map((id) => `\`${id}\``));
});

test('every source that is named in brackets has its address', () => {
  const defined = [...DOCUMENT.matchAll(/^\[([^\]]+)\]: https:/gm)].map(([, name]) => name);
  const named = found
    .flatMap(({ items }) => items.get('Source') ?? [])
    .flatMap((source) => [...source.matchAll(/\[([^\]]+)\](?!\()/g)].map(([, name]) => name!));

  expect([...new Set(named)].sort()).toEqual(defined.sort());
});

test('a title is used once, so that a link to it is clear', () => {
  const titles = found.map(({ title }) => title);

  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('the page can be read as text: it has no table and no long line', () => {
  const lines = DOCUMENT.split('\n');

  expect(lines.filter((line) => line.startsWith('|') || line.length > LONGEST_LINE)).toEqual([]);
});
