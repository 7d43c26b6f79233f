import { stsRole } from '../../../lib/review/rules/sts-role';
import { findingsOf } from '../support/findings';

const sts = (values: object = {}) => ({
  type: 'vault_aws_auth_backend_sts_role',
  values: {
    account_id: '222222222222',
    sts_role: 'arn:aws:iam::222222222222:role/look',
    external_id: 'x',
    ...values,
  },
});

test.each([
  [
    'a new account',
    { after: [sts()] },
    ['high: Vault looks up principals of account 222222222222 by arn:aws:iam::222222222222:role/look'],
  ],
  [
    'another account',
    { before: [sts()], after: [sts({ account_id: '333333333333' })] },
    ['high: Vault looks up principals of account 333333333333 by arn:aws:iam::222222222222:role/look'],
  ],
  [
    'another role',
    { before: [sts()], after: [sts({ sts_role: 'arn:aws:iam::222222222222:role/b' })] },
    [
      'medium: Vault looks up principals of account 222222222222 by arn:aws:iam::222222222222:role/b, no longer by arn:aws:iam::222222222222:role/look',
    ],
  ],
  [
    'no external ID any more',
    { before: [sts()], after: [sts({ external_id: '' })] },
    ['high: Vault no longer sends an external ID when it looks up principals of account 222222222222'],
  ],
  [
    'an account less',
    { before: [sts()] },
    ['medium: Vault no longer looks up principals of account 222222222222: their logins fail'],
  ],
])('%s', (_, samples, expected) => {
  expect(findingsOf(stsRole, samples)).toEqual(expected);
});
