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

const BELOW = (path: string) => `high: policy app allows ${path} in spite of its deny on secret/a/*`;

test.each([
  ['a rule below the deny', [...denied, ['secret/a/b', 'read']] as const, [BELOW('secret/a/b')]],
  ['a rule elsewhere', [...denied, ['other/*', 'read']] as const, []],
  ['a rule above the deny', [...denied, ['*', 'read']] as const, []],
  ['one deny more', [...denied, ['secret/a/b', 'deny']] as const, []],
  ['a rule elsewhere, and longer', [...denied, ['elsewhere/a/b/c', 'read']] as const, []],
  ['a rule whose wildcard comes first', [...denied, ['secret/+/b', 'read']] as const, []],
  ['a rule that ends with a segment', [...denied, ['secret/a/+', 'read']] as const, [BELOW('secret/a/+')]],
  ['a rule with nothing', [...denied, ['secret/a/b']] as const, []],
  [
    'a rule below one deny of two',
    [...denied, ['secret/c/*', 'deny'], ['secret/a/b', 'read'], ['secret/a/c', 'read']] as const,
    [BELOW('secret/a/b and secret/a/c')],
  ],
])('%s', (_, after, expected) => {
  expect(
    findingsOf(denyOverridden, {
      before: [policy('app', text(...denied))],
      after: [policy('app', text(...after))],
    }),
  ).toEqual(expected);
});

test('what could be done before is no new exception, nor is one that comes with the deny', () => {
  const exception = policy('app', text(...denied, ['secret/a/b', 'read']));
  const wider = policy('app', text(...denied, ['secret/a/b', 'read', 'update']));
  const without = policy('app', text(['other', 'read']));

  expect(findingsOf(denyOverridden, { before: [exception], after: [wider] })).toEqual([]);
  expect(findingsOf(denyOverridden, { before: [without], after: [exception] })).toEqual([]);
});

test('a + inside a segment is no wildcard', () => {
  const deny = ['secret/a+b/*', 'deny'] as const;

  expect(
    findingsOf(denyOverridden, {
      before: [policy('app', text(deny))],
      after: [policy('app', text(deny, ['secret/a+b/c', 'read'], ['secret/+/d', 'read']))],
    }),
  ).toEqual(['high: policy app allows secret/a+b/c in spite of its deny on secret/a+b/*']);
});
