import { groupMembership } from '../../../lib/review/rules/group-membership';
import { findingsOf } from '../support/findings';

const entity = (id: string, user_name: string) => ({
  type: 'vault_identity_entity',
  key: user_name,
  values: { id, metadata: { user_name } },
});
const group = (values: object) => ({
  type: 'vault_identity_group',
  values: { name: 'developers', policies: ['app'], ...values },
});
const people = [entity('1', 'alice'), entity('2', 'bob')];

test('somebody joins, somebody leaves', () => {
  expect(
    findingsOf(groupMembership, {
      before: [...people, group({ member_entity_ids: ['1'] })],
      after: [...people, group({ member_entity_ids: ['2'] })],
    }),
  ).toEqual([
    'medium: bob joins the group developers, which gives app',
    'low: alice leaves the group developers',
  ]);
});

test('a group joins: all of its members get the policies', () => {
  const inner = {
    type: 'vault_identity_group',
    name: 'inner',
    values: { id: '9', name: 'inner', member_entity_ids: ['2'] },
  };

  expect(
    findingsOf(groupMembership, {
      before: [...people, inner, group({ member_entity_ids: ['1'] })],
      after: [...people, inner, group({ member_entity_ids: ['1'], member_group_ids: ['9'] })],
    }),
  ).toEqual(['medium: all of the group inner joins the group developers, which gives app']);
});

test('an entity that this plan does not know is named by its ID', () => {
  expect(
    findingsOf(groupMembership, {
      before: [group({ member_entity_ids: [] })],
      after: [group({ member_entity_ids: ['7'] })],
    }),
  ).toEqual(['medium: entity 7 joins the group developers, which gives app']);
});

test('nobody joins', () => {
  const same = [...people, group({ member_entity_ids: ['1', '2'] })];

  expect(findingsOf(groupMembership, { before: same, after: same })).toEqual([]);
});

test.each([
  ['aws_iam_group_membership', { group: 'admins', users: ['bob'] }, { group: 'admins', users: ['alice'] }],
  [
    'aws_iam_user_group_membership',
    { user: 'bob', groups: ['admins'] },
    { user: 'alice', groups: ['admins'] },
  ],
])('users join and leave an IAM group by %s', (type, was, is) => {
  expect(
    findingsOf(groupMembership, {
      before: [{ type, values: was }],
      after: [{ type, values: is }],
    }),
  ).toEqual([
    'medium: IAM user alice joins the IAM group admins, and may do what the group may do in AWS, and in Vault if the group counts there',
    'low: IAM user bob leaves the IAM group admins',
  ]);
});
