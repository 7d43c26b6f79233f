import { accountAssignment } from '../../../lib/review/rules/account-assignment';
import { findingsOf } from '../support/findings';

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
const assignment = (values: object = {}) => ({
  type: 'aws_ssoadmin_account_assignment',
  values: {
    principal_id: 'g-1',
    principal_type: 'GROUP',
    permission_set_arn: SET,
    target_id: '123456789012',
    ...values,
  },
});
const said = (who: string, verb: string, where = '123456789012') =>
  `Identity Center ${who} ${verb} the permission set ${SET} in account ${where}`;

test.each([
  ['GROUP', 'group g-1'],
  ['USER', 'user g-1'],
])('one of a %s comes or goes', (principal_type, who) => {
  const one = assignment({ principal_type });

  expect(findingsOf(accountAssignment, { after: [one] })).toEqual([`medium: ${said(who, 'gets')}`]);
  expect(findingsOf(accountAssignment, { before: [one] })).toEqual([`low: ${said(who, 'loses')}`]);
});

test('one that is replaced, in another account', () => {
  const after = { ...assignment({ target_id: '210987654321' }), replace: true };

  expect(findingsOf(accountAssignment, { before: [assignment()], after: [after] })).toEqual([
    `medium: ${said('group g-1', 'gets', '210987654321')}`,
    `low: ${said('group g-1', 'loses')}`,
  ]);
});

test('one that is known only after the apply', () => {
  const { principal_id, ...values } = assignment().values;
  const unknown = { ...assignment(), values, unknown: { principal_id: true } };

  expect(principal_id).toBe('g-1');
  expect(findingsOf(accountAssignment, { after: [unknown] })).toEqual([
    `medium: ${said('group known after apply', 'gets')}`,
  ]);
});

test('what stays, and what is of another kind, is left', () => {
  const other = { type: 'aws_ssoadmin_permission_set', values: { name: 'Developers' } };

  expect(findingsOf(accountAssignment, { before: [assignment()], after: [assignment(), other] })).toEqual([]);
});
