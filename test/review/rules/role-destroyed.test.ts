import { roleDestroyed } from '../../../lib/review/rules/role-destroyed';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const ARN = 'arn:aws:iam::123456789012:user/alice';

test('a role goes', async () => {
  expect(await findingsOf(roleDestroyed, { before: [role('dev', [ARN], [])] })).toEqual([
    `high: role dev at auth/aws is destroyed: it let in ${ARN}`,
  ]);
});

test('a role is written anew', async () => {
  const dev = role('dev', [ARN], []);

  expect(await findingsOf(roleDestroyed, { before: [dev], after: [{ ...dev, replace: true }] })).toEqual([]);
});
