import { importOrMove } from '../../../lib/review/rules/import-or-move';
import { findingsOf } from '../support/findings';

const user = (name: string) => ({ type: 'aws_iam_user', name, values: { name: 'alice' } });

test.each([
  [
    'imported',
    { after: [{ ...user('a'), imported: true }] },
    ['info: aws_iam_user.a is imported, and then changed'],
  ],
  [
    'moved',
    { before: [user('a')], after: [{ ...user('b'), previousAddress: 'aws_iam_user.a' }] },
    ['info: aws_iam_user.a is moved to aws_iam_user.b and not changed'],
  ],
  [
    'forgotten',
    { before: [{ ...user('a'), forgotten: true }] },
    ['low: aws_iam_user.a stays as it is, and Terraform no longer manages it'],
  ],
  ['neither', { before: [user('a')], after: [user('a')] }, []],
])('%s', (_, samples, expected) => {
  expect(findingsOf(importOrMove, samples)).toEqual(expected);
});
