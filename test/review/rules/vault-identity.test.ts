import { vaultIdentity } from '../../../lib/review/rules/vault-identity';
import { findingsOf } from '../support/findings';

const client = (values: object) => ({
  type: 'vault_aws_auth_backend_client',
  values: { backend: 'aws', ...values },
  sensitive: { access_key: true, secret_key: true },
});

test.each([
  [
    'another key',
    client({ access_key: 'AKIA1', secret_key: 'secret-one' }),
    client({ access_key: 'AKIA2', secret_key: 'secret-two' }),
    ['medium: auth/aws uses another access_key and secret_key for AWS'],
  ],
  ['the same key', client({ access_key: 'AKIA1' }), client({ access_key: 'AKIA1' }), []],
  ['none, written otherwise', client({ role_arn: '' }), client({ role_arn: null }), []],
])('%s', (_, before, after, expected) => {
  expect(findingsOf(vaultIdentity, { before: [before], after: [after] })).toEqual(expected);
});
