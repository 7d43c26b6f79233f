import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../../lib/review';

const ids = readdirSync(join(__dirname, '../../../lib/review/rules'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((id) => id !== 'index');

test('every rule of the folder is asked, by the name of its file', () => {
  expect(RULES.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test.each(ids)('%s has a test of its own', (id) => {
  expect(existsSync(join(__dirname, `${id}.test.ts`))).toBe(true);
});

test.each(RULES.map(({ id, reason }) => [id, reason]))('the reason of %s is a sentence', (_, reason) => {
  expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
});
