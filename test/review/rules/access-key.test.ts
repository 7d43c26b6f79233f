import { accessKey } from '../../../lib/review/rules/access-key';
import { findingsOf } from '../support/findings';

const key = (values: object = {}) => ({
  type: 'aws_iam_access_key',
  values: { user: 'vault', status: 'Active', ...values },
});

test.each([
  ['made', { after: [key()] }, ['medium: IAM user vault gets a new long-lived access key']],
  [
    'replaced',
    { before: [key()], after: [{ ...key({ status: undefined }), replace: true }] },
    ['low: the access key of IAM user vault is replaced: anyone who uses the old one elsewhere is refused'],
  ],
  [
    'deleted',
    { before: [key()] },
    ['low: an access key of IAM user vault is deleted: anyone who uses it is refused'],
  ],
  [
    'active again',
    { before: [key({ status: 'Inactive' })], after: [key()] },
    ['medium: an access key of IAM user vault is active again'],
  ],
  ['left alone', { before: [key()], after: [key()] }, []],
])('a key that is %s', (_, samples, expected) => {
  expect(findingsOf(accessKey, samples)).toEqual(expected);
});
