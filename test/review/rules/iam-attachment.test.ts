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
])('%s', async (_, sample, expected) => {
  expect(
    await findingsOf(iamAttachment, {
      after: [sample, { type: 'aws_iam_policy', values: { name: 'VaultAuthUser' } }],
    }),
  ).toEqual(expected);
});

test('what is attached already', async () => {
  const same = [attachment({ policy_arn: 'arn:aws:iam::123456789012:policy/ops' })];

  expect(await findingsOf(iamAttachment, { before: same, after: same })).toEqual([]);
});
