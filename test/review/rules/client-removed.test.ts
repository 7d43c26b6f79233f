import { clientRemoved } from '../../../lib/review/rules/client-removed';
import { findingsOf } from '../support/findings';

const client = { type: 'vault_aws_auth_backend_client', values: { backend: 'aws' } };

test('the client configuration goes', () => {
  expect(findingsOf(clientRemoved, { before: [client] })).toEqual([
    'high: auth/aws loses the credentials and endpoints with which Vault asks AWS',
  ]);
});

test('it is replaced', () => {
  expect(findingsOf(clientRemoved, { before: [client], after: [{ ...client, replace: true }] })).toEqual([]);
});

test('Terraform only forgets it', () => {
  expect(findingsOf(clientRemoved, { before: [{ ...client, forgotten: true }] })).toEqual([]);
});
