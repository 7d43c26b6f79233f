import { serverIdHeader } from '../../../lib/review/rules/server-id-header';
import { findingsOf } from '../support/findings';

const client = (header: string | null) => ({
  type: 'vault_aws_auth_backend_client',
  values: { backend: 'aws', iam_server_id_header_value: header },
});

test.each([
  [
    'removed',
    'vault.example.com',
    null,
    [
      'high: auth/aws no longer requires the server ID header vault.example.com: a login signed for another Vault is accepted',
    ],
  ],
  ['emptied', 'vault.example.com', '', [expect.stringMatching(/^high: /)]],
  [
    'changed',
    'a',
    'b',
    [
      'medium: auth/aws requires the server ID header b, no longer a: clients that send the old one are refused',
    ],
  ],
  [
    'added',
    null,
    'b',
    ['medium: auth/aws requires the server ID header b: clients that send none are refused'],
  ],
  ['left alone', 'a', 'a', []],
])('a header that is %s', (_, was, is, expected) => {
  expect(findingsOf(serverIdHeader, { before: [client(was)], after: [client(is)] })).toEqual(expected);
});

test('a header more that a login may carry to AWS', () => {
  const client = (...allowed_sts_header_values: readonly string[]) => ({
    type: 'vault_aws_auth_backend_client',
    values: { backend: 'aws', allowed_sts_header_values },
  });

  expect(findingsOf(serverIdHeader, { before: [client('a')], after: [client('a', 'b')] })).toEqual([
    'medium: auth/aws also passes the headers b of a login on to AWS',
  ]);
});

test.each([
  { unknown: { iam_server_id_header_value: true } },
  { sensitive: { iam_server_id_header_value: true } },
])('what is not there to be read is a finding of another rule: %j', (marks) => {
  const client = (value: string) => ({
    type: 'vault_aws_auth_backend_client',
    values: { backend: 'aws', iam_server_id_header_value: value },
  });

  expect(
    findingsOf(serverIdHeader, {
      before: [client('https://a.example.com')],
      after: [{ ...client('https://b.example.com'), ...marks }],
    }),
  ).toEqual([]);
});
