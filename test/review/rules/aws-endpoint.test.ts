import { awsEndpoint } from '../../../lib/review/rules/aws-endpoint';
import { findingsOf } from '../support/findings';

const client = (values: object) => ({
  type: 'vault_aws_auth_backend_client',
  values: { backend: 'aws', ...values },
});

test.each([
  [
    'STS of somebody else',
    { before: [client({ sts_endpoint: '' })], after: [client({ sts_endpoint: 'https://sts.evil.example' })] },
    ['critical: auth/aws asks https://sts.evil.example who a caller is'],
  ],
  [
    'a host that only looks like AWS',
    { after: [client({ iam_endpoint: 'https://iam.amazonaws.com.evil.example' })] },
    ['critical: auth/aws asks https://iam.amazonaws.com.evil.example which users and roles there are'],
  ],
  [
    'another of AWS',
    {
      before: [client({ sts_endpoint: 'https://sts.amazonaws.com' })],
      after: [client({ sts_endpoint: 'https://sts.eu-central-1.amazonaws.com' })],
    },
    [
      'medium: auth/aws asks https://sts.eu-central-1.amazonaws.com who a caller is, no longer https://sts.amazonaws.com',
    ],
  ],
  [
    'AWS without encryption',
    { after: [client({ ec2_endpoint: 'http://ec2.amazonaws.com' })] },
    ['critical: auth/aws asks http://ec2.amazonaws.com which instances there are'],
  ],
  [
    'back to the default',
    { before: [client({ sts_endpoint: 'https://sts.example' })], after: [client({ sts_endpoint: null })] },
    ['medium: auth/aws asks AWS itself who a caller is, no longer https://sts.example'],
  ],
  [
    'a default that is written otherwise',
    { before: [client({ sts_endpoint: '' })], after: [client({ sts_endpoint: null })] },
    [],
  ],
])('%s', (_, samples, expected) => {
  expect(findingsOf(awsEndpoint, samples)).toEqual(expected);
});

test.each([{ unknown: { sts_endpoint: true } }, { sensitive: { sts_endpoint: true } }])(
  'what is not there to be read is a finding of another rule: %j',
  (marks) => {
    const client = (value: string) => ({
      type: 'vault_aws_auth_backend_client',
      values: { backend: 'aws', sts_endpoint: value },
    });

    expect(
      findingsOf(awsEndpoint, {
        before: [client('https://a.example.com')],
        after: [{ ...client('https://b.example.com'), ...marks }],
      }),
    ).toEqual([]);
  },
);
