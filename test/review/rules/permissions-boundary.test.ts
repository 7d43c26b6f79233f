import { permissionsBoundary } from '../../../lib/review/rules/permissions-boundary';
import { findingsOf } from '../support/findings';

const user = (permissions_boundary: string | null) => ({
  type: 'aws_iam_user',
  values: { name: 'vault', permissions_boundary },
});
const ARN = 'arn:aws:iam::123456789012:policy/bound';

test.each([
  ['gone', user(ARN), user(null), [`high: aws_iam_user.it is no longer bounded by ${ARN}`]],
  [
    'another',
    user(ARN),
    user(`${ARN}2`),
    [`high: aws_iam_user.it is bounded by ${ARN}2, no longer by ${ARN}`],
  ],
  ['new', user(null), user(ARN), []],
  ['the same', user(ARN), user(ARN), []],
])('a boundary that is %s', (_, before, after, expected) => {
  expect(findingsOf(permissionsBoundary, { before: [before], after: [after] })).toEqual(expected);
});
