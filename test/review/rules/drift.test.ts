import { drift } from '../../../lib/review/rules/drift';
import { findingsOf } from '../support/findings';

const role = (values: object) => ({
  type: 'vault_aws_auth_backend_role',
  values: { role: 'dev', ...values },
});

test.each([
  [
    'changed by hand',
    { was: role({ token_policies: ['app'] }), found: role({ token_policies: ['app', 'ops'] }) },
    ['medium: vault_aws_auth_backend_role.it was changed outside of Terraform: token_policies'],
  ],
  ['gone', { was: role({}) }, ['medium: vault_aws_auth_backend_role.it was deleted outside of Terraform']],
  [
    'nothing, written in another way',
    { was: role({ role_tag: null, bound_ami_ids: null }), found: role({ role_tag: '', bound_ami_ids: [] }) },
    [],
  ],
  [
    'what AWS counts',
    {
      was: { type: 'aws_iam_policy', values: { attachment_count: 0 } },
      found: { type: 'aws_iam_policy', values: { attachment_count: 1 } },
    },
    [],
  ],
])('%s', (_, drifted, expected) => {
  expect(findingsOf(drift, { drift: [drifted] })).toEqual(expected);
});
