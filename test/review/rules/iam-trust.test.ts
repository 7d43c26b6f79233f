import { iamTrust } from '../../../lib/review/rules/iam-trust';
import { findingsOf } from '../support/findings';

const trusting = (Principal: unknown, Condition?: object) => ({
  type: 'aws_iam_role',
  values: {
    name: 'vault',
    assume_role_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, Condition }],
    }),
  },
});
const service = { Service: 'ec2.amazonaws.com' };

test.each([
  [
    'a service',
    undefined,
    trusting(service),
    ['low: IAM role vault can be assumed by Service:ec2.amazonaws.com'],
  ],
  ['anybody', trusting(service), trusting('*'), ['critical: IAM role vault can be assumed by *']],
  [
    'anybody, in another writing',
    trusting(service),
    trusting({ AWS: '*' }),
    ['critical: IAM role vault can be assumed by AWS:*'],
  ],
  [
    'another account',
    trusting(service),
    trusting({ AWS: 'arn:aws:iam::222222222222:root' }),
    ['high: IAM role vault can be assumed by AWS:arn:aws:iam::222222222222:root'],
  ],
  [
    'no external ID any more',
    trusting({ AWS: 'arn:aws:iam::2:root' }, { StringEquals: { 'sts:ExternalId': 'x' } }),
    trusting({ AWS: 'arn:aws:iam::2:root' }),
    ['high: IAM role vault can be assumed by AWS:arn:aws:iam::2:root'],
  ],
  ['the same', trusting(service), trusting(service), []],
])('%s', (_, before, after, expected) => {
  expect(findingsOf(iamTrust, { before: before && [before], after: [after] })).toEqual(expected);
});
