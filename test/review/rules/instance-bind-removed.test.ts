import { instanceBindRemoved } from '../../../lib/review/rules/instance-bind-removed';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const instances = (values: object) => role('dev', [], [], { auth_type: 'ec2', ...values });
const both = instances({ bound_ami_ids: ['ami-1'], bound_vpc_ids: ['vpc-1'] });

test.each([
  [
    'a kind of bind less',
    instances({ bound_ami_ids: ['ami-1'] }),
    ['high: role dev asks no longer for the VPC of an instance'],
  ],
  ['another value', instances({ bound_ami_ids: ['ami-1'], bound_vpc_ids: ['vpc-2'] }), []],
  [
    'a kind more',
    instances({ bound_ami_ids: ['ami-1'], bound_vpc_ids: ['vpc-1'], bound_regions: ['eu-1'] }),
    [],
  ],
])('%s', async (_, after, expected) => {
  expect(await findingsOf(instanceBindRemoved, { before: [both], after: [after] })).toEqual(expected);
});
