import { userCredential } from '../../../lib/review/rules/user-credential';
import { findingsOf } from '../support/findings';

const credential = (type: string, values: object) => ({ type, values: { ...values } });
const key = (status?: string) => credential('aws_iam_user_ssh_key', { username: 'alice', status });

test.each<[string, object, string]>([
  ['aws_iam_user_login_profile', { user: 'alice' }, 'password for the console'],
  ['aws_iam_service_specific_credential', { user_name: 'alice' }, 'password for one service'],
  ['aws_iam_user_ssh_key', { username: 'alice' }, 'SSH key'],
  ['aws_iam_signing_certificate', { user_name: 'alice' }, 'signing certificate'],
])('%s', (type, values, what) => {
  const one = credential(type, values);

  expect(findingsOf(userCredential, { after: [one] })).toEqual([`medium: IAM user alice gets a new ${what}`]);
  expect(findingsOf(userCredential, { before: [one] })).toEqual([`low: IAM user alice loses its ${what}`]);
  expect(findingsOf(userCredential, { before: [one], after: [{ ...one, replace: true }] })).toEqual([
    `medium: IAM user alice gets a new ${what}`,
  ]);
});

test('one that is active again', () => {
  expect(findingsOf(userCredential, { before: [key('Inactive')], after: [key('Active')] })).toEqual([
    'medium: IAM user alice may use its SSH key again',
  ]);
});

test('one of a user that is not known yet', () => {
  const unknown = { ...credential('aws_iam_user_login_profile', {}), unknown: { user: true } };

  expect(findingsOf(userCredential, { after: [unknown] })).toEqual([
    'medium: IAM user known after apply gets a new password for the console',
  ]);
});

test.each([
  ['stays', key('Active'), key('Active')],
  ['is no longer active', key('Active'), key('Inactive')],
  ['is of another kind', credential('aws_iam_user', { name: 'alice' }), credential('aws_iam_user', {})],
])('what %s is left', (_, was, is) => {
  expect(findingsOf(userCredential, { before: [was], after: [is] })).toEqual([]);
});
