import { denyOverridden } from '../../../lib/review/rules/deny-overridden';
import { findingsOf } from '../support/findings';
import { policy } from '../support/plan';

const text = (...rules: readonly (readonly [path: string, ...capabilities: string[]])[]) =>
  rules
    .map(([path, ...capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}`)
    .join('\n');

const denied = [
  ['secret/*', 'read'],
  ['secret/a/*', 'deny'],
] as const;

test.each([
  [
    'a rule below the deny',
    [...denied, ['secret/a/b', 'read']] as const,
    ['high: policy app allows secret/a/b in spite of its deny on secret/a/*'],
  ],
  ['a rule elsewhere', [...denied, ['other/*', 'read']] as const, []],
  ['a rule above the deny', [...denied, ['*', 'read']] as const, []],
  ['one deny more', [...denied, ['secret/a/b', 'deny']] as const, []],
])('%s', async (_, after, expected) => {
  expect(
    await findingsOf(denyOverridden, {
      before: [policy('app', text(...denied))],
      after: [policy('app', text(...after))],
    }),
  ).toEqual(expected);
});
