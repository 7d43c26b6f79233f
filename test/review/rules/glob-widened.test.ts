import { globWidened } from '../../../lib/review/rules/glob-widened';
import { findingsOf } from '../support/findings';
import { policy } from '../support/plan';

const text = (...rules: readonly (readonly [path: string, ...capabilities: string[]])[]) =>
  rules
    .map(([path, ...capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}`)
    .join('\n');

test.each([
  ['secret/data/*', ['high: policy app now covers all of secret/data/*; before it covered secret/data/app']],
  ['secret/+/app', ['high: policy app now covers all of secret/+/app; before it covered secret/data/app']],
  ['secret/data/other', []],
  ['secret/data/app/*', []],
])('%s', (path, expected) => {
  expect(
    findingsOf(globWidened, {
      before: [policy('app', text(['secret/data/app', 'read']))],
      after: [policy('app', text([path, 'read']))],
    }),
  ).toEqual(expected);
});

test('a wider deny', () => {
  const before = [policy('app', text(['secret/data/app', 'read']))];

  expect(findingsOf(globWidened, { before, after: [policy('app', text(['secret/*', 'deny']))] })).toEqual([]);
});
