import { readAccess } from '../../lib/access';
import { readPlan } from '../../lib/terraform';
import { planOf, policy, role, type Sample } from '../review/support/plan';

const accessOf = (...after: readonly Sample[]) => readAccess(readPlan(planOf({ after }), 'sample').after);
const ARN = 'arn:aws:iam::123456789012:user/alice';

test.each([
  [ARN, 'user', ARN],
  ['arn:aws:iam::123456789012:role/app', 'role', 'arn:aws:iam::123456789012:role/app'],
  ['arn:aws:iam::123456789012:user/*', 'all-of-account', 'all IAM users of 123456789012'],
  ['arn:aws-cn:iam::123456789012:role/*', 'all-of-account', 'all IAM roles of 123456789012'],
  ['arn:aws:iam::123456789012:*', 'all-of-account', 'all IAM users and roles of 123456789012'],
  ['arn:aws:iam::123456789012:role/team/*', 'by-prefix', 'IAM roles of 123456789012 named team/*'],
  [
    'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Developer_*',
    'permission-set',
    'people with the permission set Developer in 123456789012',
  ],
  ['*', 'everybody', 'all principals whose ARN matches *'],
  ['arn:aws:iam::1*', 'everybody', 'all principals whose ARN matches arn:aws:iam::1*'],
])('%s is %s: %s', (arn, kind, label) => {
  expect(accessOf(role('dev', [arn], [])).roles[0]!.principals).toEqual([
    expect.objectContaining({ kind, label }),
  ]);
});

test('the binds of instances narrow each other', () => {
  const ec2 = role('web', [], [], {
    auth_type: 'ec2',
    bound_ami_ids: ['ami-1', 'ami-2'],
    bound_vpc_ids: ['vpc-1'],
  });

  expect(accessOf(ec2).roles[0]!.principals).toEqual([
    { kind: 'instances', label: 'EC2 instances of AMI ami-1 or ami-2, VPC vpc-1' },
  ]);
});

test('with inference, the session counts too', () => {
  const inferred = role('web', ['arn:aws:iam::123456789012:role/worker'], [], {
    inferred_entity_type: 'ec2_instance',
    bound_vpc_ids: ['vpc-1'],
  });

  expect(accessOf(inferred).roles[0]!.principals.map(({ label }) => label)).toEqual([
    'EC2 instances of VPC vpc-1, in a session of arn:aws:iam::123456789012:role/worker',
  ]);
});

describe('members of a group get its policies', () => {
  const OFF = { resolve_aws_unique_ids: false };
  const BOB = 'arn:aws:iam::123456789012:user/bob';
  const iamGroup = (name: string, user: string): Sample => ({
    type: 'aws_iam_group',
    mode: 'data',
    name,
    values: {
      group_name: name,
      users: [{ user_name: user, arn: `arn:aws:iam::123456789012:user/x/${user}` }],
    },
  });
  const groupOf = (name: string, from: string): Sample => ({
    type: 'vault_identity_group',
    name,
    values: { name, policies: ['app'] },
    unknown: { member_entity_ids: true },
    references: { member_entity_ids: [from] },
  });
  const grantsOf = (...samples: readonly Sample[]) =>
    accessOf(...samples).grants.filter(({ group }) => group);

  test('by the role that is bound to the users of the IAM group', () => {
    const grants = grantsOf(
      role('others', [BOB], [], OFF),
      role('people', [ARN, 'arn:aws:iam::123456789012:user/carol'], [], OFF),
      iamGroup('operators', 'bob'),
      iamGroup('developers', 'alice'),
      groupOf('devs', 'data.aws_iam_group.developers'),
      groupOf('ops', 'data.aws_iam_group.operators'),
    );

    expect(grants).toMatchObject([
      {
        principal: { kind: 'members', label: 'members of the IAM group developers' },
        role: { name: 'people' },
        group: { members: ['alice'] },
        policies: ['app'],
      },
      { role: { name: 'others' }, group: { members: ['bob'] } },
    ]);
  });

  test('by the role of that namespace that gives nothing itself and resolves none, where the users are not known', () => {
    const grants = grantsOf(
      role('gives', [BOB], ['app'], OFF),
      role('resolves', [BOB], []),
      role('elsewhere', [BOB], [], { ...OFF, namespace: 'team' }),
      role('people', [BOB], [], OFF),
      groupOf('devs', 'data.aws_iam_group.it["developers"]'),
    );

    expect(grants).toMatchObject([
      { principal: { label: 'members of the IAM group developers' }, role: { name: 'people' } },
    ]);
  });

  test('by none, where it has no members', () => {
    const empty = { type: 'vault_identity_group', values: { name: 'devs', member_entity_ids: [] } };

    expect(grantsOf(role('people', [BOB], [], OFF), empty)).toMatchObject([{ role: undefined }]);
  });

  test('by way of a group in the group', () => {
    const group = (name: string, inner: readonly string[]): Sample => ({
      type: 'vault_identity_group',
      name,
      values: { id: `id-of-${name}`, name, member_entity_ids: [], member_group_ids: inner },
    });

    expect(
      accessOf(group('one', []), group('two', []), group('outer', ['id-of-two', 'gone'])).groups[2],
    ).toMatchObject({ members: ['all of the group two', 'all of the group gone'] });
  });
});

test('a policy is found by its name in whatever case, in its namespace alone', () => {
  const { policies } = accessOf(policy('App', 'path "x" { capabilities = ["read"] }'));

  expect(policies.rulesOf('app', '').rules).toEqual([{ path: 'x', capabilities: ['read'] }]);
  expect(policies.rulesOf('app', 'team')).toEqual({ rules: undefined, why: 'its text is not here' });
});

test('the namespace is before the mount', () => {
  expect(accessOf(role('dev', [], [], { backend: 'auth/aws/', namespace: '/team/' })).roles[0]).toMatchObject(
    {
      mount: 'team/aws',
      namespace: 'team',
    },
  );
});
