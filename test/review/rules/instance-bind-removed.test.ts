import { instanceBindRemoved } from '../../../lib/review/rules/instance-bind-removed';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const instances = (values: object) => role('dev', [], [], { auth_type: 'ec2', ...values });
const both = instances({ bound_ami_ids: ['ami-1'], bound_vpc_ids: ['vpc-1'] });

test.each([
  [
    'a kind of bind less',
    instances({ bound_ami_ids: ['ami-1'] }),
    ['high: role dev no longer checks the VPC of an instance'],
  ],
  ['another value', instances({ bound_ami_ids: ['ami-1'], bound_vpc_ids: ['vpc-2'] }), []],
  [
    'a kind more',
    instances({ bound_ami_ids: ['ami-1'], bound_vpc_ids: ['vpc-1'], bound_regions: ['eu-1'] }),
    [],
  ],
  [
    'a kind less, and another that only the apply knows',
    { ...instances({}), unknown: { bound_ami_ids: true } },
    ['high: role dev no longer checks the VPC of an instance'],
  ],
])('%s', (_, after, expected) => {
  expect(findingsOf(instanceBindRemoved, { before: [both], after: [after] })).toEqual(expected);
});

test.each([
  [
    'the last bind of a role with inference',
    { inferred_entity_type: 'ec2_instance' },
    ['high: role dev no longer checks the AMI and VPC of an instance'],
  ],
  ['a role that looks at no instance any more', {}, []],
])('%s', (_, values, expected) => {
  const session = ['arn:aws:iam::123456789012:role/worker'];
  const inferred = {
    inferred_entity_type: 'ec2_instance',
    bound_ami_ids: ['ami-1'],
    bound_vpc_ids: ['vpc-1'],
  };

  expect(
    findingsOf(instanceBindRemoved, {
      before: [role('dev', session, [], inferred)],
      after: [role('dev', session, [], values)],
    }),
  ).toEqual(expected);
});

test('a role that is new, one that goes, and another kind that has such values', () => {
  const other = { type: 'aws_other', values: both.values };

  expect(findingsOf(instanceBindRemoved, { after: [both] })).toEqual([]);
  expect(findingsOf(instanceBindRemoved, { before: [both] })).toEqual([]);
  expect(
    findingsOf(instanceBindRemoved, {
      before: [other],
      after: [{ ...other, values: { auth_type: 'ec2' } }],
    }),
  ).toEqual([]);
});
