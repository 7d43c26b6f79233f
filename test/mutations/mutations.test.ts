import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../docs/documents';
import { textsOf } from './mutate';
import { MUTATIONS } from './mutations';

// The end-to-end tests themselves are run by `npm run test:mutations` alone. So the list must not grow old silently.
describe.each(MUTATIONS)('$file: $what', (mutation) => {
  test('the place is there once, and the mutation changes it', () => {
    const { original, mutated } = textsOf(mutation, ROOT);

    expect(mutated).not.toBe(original);
  });

  test('its test has these titles', () => {
    const file = join(ROOT, 'test/e2e', mutation.test);
    expect(existsSync(file)).toBe(true);

    expect(mutation.titles).not.toEqual([]);
    for (const title of mutation.titles) {
      expect(readFileSync(file, 'utf8')).toContain(title);
    }
  });
});

test('there are twenty places', () => {
  expect(MUTATIONS).toHaveLength(20);
});
