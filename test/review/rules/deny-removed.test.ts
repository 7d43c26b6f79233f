import { denyRemoved } from '../../../lib/review/rules/deny-removed';
import { findingsOf } from '../support/findings';
import { policy } from '../support/plan';

const text = (...rules: readonly (readonly [path: string, ...capabilities: string[]])[]) =>
  rules
    .map(([path, ...capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}`)
    .join('\n');

test.each([
  ['gone', [['secret/*', 'read']] as const, ['high: policy app no longer denies secret/x']],
  [
    'an allowance now',
    [
      ['secret/*', 'read'],
      ['secret/x', 'read'],
    ] as const,
    ['high: policy app no longer denies secret/x'],
  ],
  [
    'still there',
    [
      ['secret/*', 'read', 'list'],
      ['secret/x', 'deny'],
    ] as const,
    [],
  ],
])('a deny that is %s', (_, after, expected) => {
  const before = [policy('app', text(['secret/*', 'read'], ['secret/x', 'deny']))];

  expect(findingsOf(denyRemoved, { before, after: [policy('app', text(...after))] })).toEqual(expected);
});

test('a policy that goes as a whole: the other policies of a token count again', () => {
  expect(findingsOf(denyRemoved, { before: [policy('app', text(['x', 'deny']))] })).toEqual([
    'medium: policy app no longer denies x',
  ]);
});
