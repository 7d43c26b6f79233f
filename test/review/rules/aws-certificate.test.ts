import { awsCertificate } from '../../../lib/review/rules/aws-certificate';
import { findingsOf } from '../support/findings';

const certificate = (aws_public_cert: string, type = 'pkcs7') => ({
  type: 'vault_aws_auth_backend_cert',
  values: { backend: 'aws', cert_name: 'abroad', aws_public_cert, type },
});
const said = ['high: auth/aws accepts instance identities that the certificate abroad signed'];

test.each([
  ['new', [], [certificate('a')], said],
  ['another one', [certificate('a')], [certificate('b')], said],
  ['the same', [certificate('a')], [certificate('a', 'identity')], []],
  ['gone', [certificate('a')], [], []],
])('a certificate that is %s', (_, before, after, expected) => {
  expect(findingsOf(awsCertificate, { before, after })).toEqual(expected);
});
