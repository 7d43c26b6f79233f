import { iamPermissions } from '../../../lib/review/rules/iam-permissions';
import { findingsOf } from '../support/findings';

interface Written {
  Effect?: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string;
  Resource?: string | string[];
  Condition?: object;
}
const iam = (...Statement: readonly Written[]) => ({
  type: 'aws_iam_policy',
  values: {
    name: 'vault',
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: Statement.map((each) => ({ Effect: 'Allow', Resource: '*', ...each })),
    }),
  },
});
const look = { Action: 'iam:GetUser' };

test.each([
  ['a new policy that only looks up', [], [look], ['low: IAM policy vault allows iam:GetUser on *']],
  [
    'an action more',
    [look],
    [look, { Action: 's3:GetObject' }],
    ['high: IAM policy vault allows s3:GetObject on *'],
  ],
  ['every action', [look], [{ Action: '*' }], ['critical: IAM policy vault allows * on *']],
  ['all but some', [look], [{ NotAction: 's3:*' }], ['critical: IAM policy vault allows all but s3:* on *']],
  [
    'more resources',
    [{ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::1:role/a' }],
    [{ Action: 'sts:AssumeRole', Resource: ['arn:aws:iam::1:role/a', 'arn:aws:iam::2:role/b'] }],
    ['high: IAM policy vault allows sts:AssumeRole on arn:aws:iam::1:role/a and arn:aws:iam::2:role/b'],
  ],
  [
    'a condition less',
    [{ ...look, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    [look],
    ['high: IAM policy vault allows iam:GetUser on *'],
  ],
  [
    'a denial less',
    [look, { Effect: 'Deny', Action: 's3:*' }] as const,
    [look],
    ['high: IAM policy vault no longer denies s3:* on *'],
  ],
  ['a resource less', [{ ...look, Resource: '*' }], [{ ...look, Resource: 'arn:aws:iam::1:user/a' }], []],
  ['an action less', [{ Action: ['iam:GetUser', 'iam:GetRole'] }], [look], []],
  ['the same in another order', [look, { Action: 'ec2:*' }], [{ Action: 'ec2:*' }, look], []],
  ['the same in lower case', [{ Action: 'iam:*' }], [{ Action: 'IAM:getuser' }], []],
] as const)('%s', (_, before, after, expected) => {
  expect(
    findingsOf(iamPermissions, {
      before: before.length > 0 ? [iam(...(before as readonly Written[]))] : [],
      after: [iam(...(after as unknown as readonly Written[]))],
    }),
  ).toEqual(expected);
});

test('what is no policy at all', () => {
  expect(
    findingsOf(iamPermissions, {
      after: [{ type: 'aws_iam_policy', values: { name: 'vault', policy: 'nonsense' } }],
    }),
  ).toEqual(["high: IAM policy vault can't be read: its document is hidden, or is no IAM policy"]);
});

const inline = (user: string, Action: string) => ({
  type: 'aws_iam_user_policy',
  values: { user, policy: iam({ Action }).values.policy },
});

test('the same policy, of somebody else now', () => {
  expect(
    findingsOf(iamPermissions, {
      before: [inline('vault', 'iam:GetUser')],
      after: [{ ...inline('mallory', 'iam:GetUser'), replace: true }],
    }),
  ).toEqual(['high: IAM user mallory allows iam:GetUser on *']);
});

test('a policy that is written in the role itself', () => {
  const role = (...actions: readonly string[]) => ({
    type: 'aws_iam_role',
    values: {
      name: 'app',
      inline_policy: actions.map((Action) => ({ name: Action, policy: iam({ Action }).values.policy })),
    },
  });

  expect(
    findingsOf(iamPermissions, { before: [role('s3:Get*')], after: [role('s3:Get*', 'iam:*')] }),
  ).toEqual(['critical: IAM role app allows iam:* on *']);
  expect(findingsOf(iamPermissions, { before: [role('s3:Get*')], after: [role()] })).toEqual([]);
});

test('a policy that is marked as sensitive', () => {
  const hidden = { sensitive: { policy: true } };

  expect(
    findingsOf(iamPermissions, {
      before: [{ ...iam({ Action: 'iam:GetUser' }), ...hidden }],
      after: [{ ...iam({ Action: '*' }), ...hidden }],
    }),
  ).toEqual(["high: IAM policy vault can't be read: its document is hidden, or is no IAM policy"]);
});
