import { identityAlias } from '../../../lib/review/rules/identity-alias';
import { findingsOf } from '../support/findings';

const config = (iam_alias: string) => ({
  type: 'vault_aws_auth_backend_config_identity',
  values: { backend: 'aws', iam_alias, ec2_alias: 'role_id' },
});

test('callers are named by something else', () => {
  expect(findingsOf(identityAlias, { before: [config('role_id')], after: [config('unique_id')] })).toEqual([
    'high: auth/aws names callers by unique_id, no longer by role_id (iam_alias)',
  ]);
});

test.each([
  ['it stays', { before: [config('unique_id')], after: [config('unique_id')] }],
  ['it is new', { after: [config('unique_id')] }],
])('%s', (_, samples) => {
  expect(findingsOf(identityAlias, samples)).toEqual([]);
});
