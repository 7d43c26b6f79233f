import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../lib/review';

const ROOT = join(__dirname, '../..');

/** What the comment over a rule says, in one line. */
function docstringOf(id: string): string {
  const text = readFileSync(join(ROOT, 'lib/review/rules', `${id}.ts`), 'utf8');
  const [, comment] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export const \w+: ReviewRule/.exec(text)!;
  return comment!
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

test('docs/review.md has every rule, with its severity and what it finds', () => {
  const text = readFileSync(join(ROOT, 'docs/review.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `.*$/gm)].map(([row]) => row.replace(/ +/g, ' '));

  expect(rows).toEqual(RULES.map(({ id, severity }) => `| \`${id}\` | ${severity} | ${docstringOf(id)} |`));
});
