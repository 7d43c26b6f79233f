import { bindWidened } from '../../../lib/review/rules/bind-widened';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const ALICE = 'arn:aws:iam::123456789012:user/alice';

test.each([
  ['arn:aws:iam::123456789012:user/*', ['high: role dev is opened to all IAM users of 123456789012']],
  [
    'arn:aws:iam::123456789012:role/ci-*',
    ['high: role dev is opened to IAM roles of 123456789012 named ci-*'],
  ],
  ['arn:aws:iam::123456789012:*', ['high: role dev is opened to all IAM users and roles of 123456789012']],
  ['*', ['critical: role dev is opened to all principals whose ARN matches *']],
  ['arn:aws:iam::123456789012:user/bob', []],
  // In the middle it is a literal to Vault.
  ['arn:aws:iam::123456789012:user/*/bob', []],
])('%s', (arn, expected) => {
  expect(
    findingsOf(bindWidened, {
      before: [role('dev', [ALICE], [])],
      after: [role('dev', [ALICE, arn], [])],
    }),
  ).toEqual(expected);
});

test('a new role is no wider than it was', () => {
  expect(findingsOf(bindWidened, { after: [role('dev', ['arn:aws:iam::123456789012:user/*'], [])] })).toEqual(
    [],
  );
});

test('of several wide binds the worst says how severe it is; one that was there is not named', () => {
  const roles = 'arn:aws:iam::123456789012:role/*';
  const users = 'arn:aws:iam::123456789012:user/*';

  expect(
    findingsOf(bindWidened, {
      before: [role('dev', [users], [])],
      after: [role('dev', [users, roles, '*'], [])],
    }),
  ).toEqual([
    'critical: role dev is opened to all IAM roles of 123456789012 and all principals whose ARN matches *',
  ]);
});
