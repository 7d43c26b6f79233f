import { roleDestroyed } from '../../../lib/review/rules/role-destroyed';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const ARN = 'arn:aws:iam::123456789012:user/alice';

test('a role goes', () => {
  expect(findingsOf(roleDestroyed, { before: [role('dev', [ARN], [])] })).toEqual([
    `high: role dev at auth/aws is destroyed: it let in ${ARN}`,
  ]);
});

test('a role is replaced', () => {
  const dev = role('dev', [ARN], []);

  expect(findingsOf(roleDestroyed, { before: [dev], after: [{ ...dev, replace: true }] })).toEqual([]);
});
