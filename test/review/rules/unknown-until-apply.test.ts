import { unknownUntilApply } from '../../../lib/review/rules/unknown-until-apply';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

test.each([
  [
    'whom a role lets in',
    { ...role('dev', [], ['app']), unknown: { bound_iam_principal_arns: true } },
    ["high: dev: bound_iam_principal_arns can't be reviewed, because it is known only after the apply"],
  ],
  [
    'one of several',
    {
      ...role('dev', ['arn:aws:iam::1:user/a'], ['app']),
      unknown: { bound_iam_principal_arns: [false, true] },
    },
    ["high: dev: bound_iam_principal_arns can't be reviewed, because it is known only after the apply"],
  ],
  [
    'the text of an IAM policy',
    { type: 'aws_iam_policy', values: { name: 'vault' }, unknown: { policy: true } },
    ["high: vault: policy can't be reviewed, because it is known only after the apply"],
  ],
  [
    'a policy in a role itself',
    {
      type: 'aws_iam_role',
      values: { name: 'app' },
      unknown: { inline_policy: true },
      references: { inline_policy: ['aws_s3_bucket.it.arn', 'aws_s3_bucket.it'] },
    },
    ["high: app: inline_policy can't be reviewed, because it is known only after the apply"],
  ],
  [
    'a policy in a role that nobody writes',
    {
      type: 'aws_iam_role',
      values: { name: 'app' },
      unknown: { inline_policy: true, managed_policy_arns: true },
    },
    [],
  ],
  ['what decides nothing', { ...role('dev', [], []), unknown: { id: true, role_id: true } }, []],
])('%s', (_, sample, expected) => {
  expect(findingsOf(unknownUntilApply, { after: [sample] })).toEqual(expected);
});

test("members who are an IAM group's are known before their entities are", () => {
  const group = {
    type: 'vault_identity_group',
    values: { name: 'developers' },
    unknown: { member_entity_ids: true },
    references: { member_entity_ids: ['data.aws_iam_group.it'] },
  };
  const users = {
    type: 'aws_iam_group',
    mode: 'data' as const,
    values: { group_name: 'developers', users: [{ user_name: 'alice', arn: 'arn:aws:iam::1:user/alice' }] },
  };

  expect(findingsOf(unknownUntilApply, { after: [users, group] })).toEqual([]);
});

test.each(['token_policies', 'bound_iam_principal_arns'])('%s that is marked as sensitive', (attribute) => {
  const hidden = (value: string) => ({
    type: 'vault_aws_auth_backend_role',
    values: { role: 'dev', [attribute]: [value] },
    sensitive: { [attribute]: true },
  });

  expect(
    findingsOf(unknownUntilApply, {
      before: [hidden('one of them')],
      after: [hidden('another one')],
    }),
  ).toEqual([`high: dev: ${attribute} can't be reviewed, because it is marked as sensitive`]);
  expect(
    findingsOf(unknownUntilApply, {
      before: [hidden('one of them')],
      after: [hidden('one of them')],
    }),
  ).toEqual([]);
});
