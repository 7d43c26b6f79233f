import { iamAttachment } from '../../../lib/review/rules/iam-attachment';
import { findingsOf } from '../support/findings';

const attachment = (values: object, unknown?: object, references?: Record<string, string[]>) => ({
  type: 'aws_iam_user_policy_attachment',
  values: { user: 'vault', ...values },
  unknown,
  references,
});

test.each([
  [
    'all of AWS',
    attachment({ policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    ['critical: IAM user vault gets the policy arn:aws:iam::aws:policy/AdministratorAccess'],
  ],
  [
    'a policy of AWS',
    attachment({ policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
    ['high: IAM user vault gets the policy arn:aws:iam::aws:policy/ReadOnlyAccess'],
  ],
  [
    'a policy of the account',
    attachment({ policy_arn: 'arn:aws:iam::123456789012:policy/ops' }),
    ['medium: IAM user vault gets the policy arn:aws:iam::123456789012:policy/ops'],
  ],
  [
    'a policy of this plan',
    attachment({}, { policy_arn: true }, { policy_arn: ['aws_iam_policy.it.arn', 'aws_iam_policy.it'] }),
    ['low: IAM user vault gets the policy VaultAuthUser'],
  ],
])('%s', (_, sample, expected) => {
  expect(
    findingsOf(iamAttachment, {
      after: [sample, { type: 'aws_iam_policy', values: { name: 'VaultAuthUser' } }],
    }),
  ).toEqual(expected);
});

test('what is attached already', () => {
  const same = [attachment({ policy_arn: 'arn:aws:iam::123456789012:policy/ops' })];

  expect(findingsOf(iamAttachment, { before: same, after: same })).toEqual([]);
});

test('one that goes', () => {
  const ops = attachment({ policy_arn: 'arn:aws:iam::123456789012:policy/ops' });

  expect(findingsOf(iamAttachment, { before: [ops] })).toEqual([
    'low: IAM user vault loses the policy arn:aws:iam::123456789012:policy/ops',
  ]);
});

test('one more holder of a policy', () => {
  const holders = (...users: readonly string[]) => ({
    type: 'aws_iam_policy_attachment',
    values: { users, policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  });

  expect(
    findingsOf(iamAttachment, { before: [holders('alice')], after: [holders('alice', 'mallory')] }),
  ).toEqual(['critical: IAM user mallory gets the policy arn:aws:iam::aws:policy/AdministratorAccess']);
});

test('a policy that a role names itself', () => {
  const role = (...managed_policy_arns: readonly string[]) => ({
    type: 'aws_iam_role',
    values: { name: 'app', managed_policy_arns },
  });

  expect(
    findingsOf(iamAttachment, {
      before: [role()],
      after: [role('arn:aws:iam::aws:policy/ReadOnlyAccess')],
    }),
  ).toEqual(['high: IAM role app gets the policy arn:aws:iam::aws:policy/ReadOnlyAccess']);
});

describe('all that a principal has', () => {
  const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const OPS = 'arn:aws:iam::123456789012:policy/ops';
  const all = (kind: string, policy_arns: readonly string[] | undefined, unknown?: object) => ({
    type: `aws_iam_${kind}_policy_attachments_exclusive`,
    values: { [`${kind}_name`]: 'app', ...(policy_arns ? { policy_arns } : {}) },
    unknown,
  });

  test.each(['user', 'role', 'group'])('of a %s', (kind) => {
    expect(findingsOf(iamAttachment, { before: [all(kind, [OPS])], after: [all(kind, [ADMIN])] })).toEqual([
      `critical: IAM ${kind} app gets the policy ${ADMIN}`,
      `low: IAM ${kind} app loses the policy ${OPS}`,
    ]);
  });

  test.each([
    ['a part of it', all('role', [OPS], { policy_arns: [false, true] })],
    ['the whole of it', all('role', undefined, { policy_arns: true })],
  ])('where %s is not known yet', (_, after) => {
    expect(findingsOf(iamAttachment, { before: [all('role', [OPS])], after: [after] })).toEqual([
      'medium: IAM role app gets the policy known after apply',
    ]);
  });
});
