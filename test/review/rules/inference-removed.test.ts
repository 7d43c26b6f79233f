import { inferenceRemoved } from '../../../lib/review/rules/inference-removed';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const arn = 'arn:aws:iam::123456789012:role/worker';
const inferring = role('dev', [arn], [], {
  inferred_entity_type: 'ec2_instance',
  inferred_aws_region: 'eu-central-1',
});

test('a role infers no longer', () => {
  expect(findingsOf(inferenceRemoved, { before: [inferring], after: [role('dev', [arn], [])] })).toEqual([
    'high: role dev no longer infers the instance of a session',
  ]);
});

test('a role infers from now on', () => {
  expect(findingsOf(inferenceRemoved, { before: [role('dev', [arn], [])], after: [inferring] })).toEqual([]);
});
