import { Duration } from 'aws-cdk-lib/core';
import { type AwsTask, tasksOf } from '../../../../lib/constructs/aws';
import {
  AwsAuthMount,
  BoundPrincipal,
  InferredAuthRole,
  type InferredAuthRoleProps,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize, warningsOf } from '../../../support/stack';

type RoleProps = Partial<Omit<InferredAuthRoleProps, 'mount'>>;

const worker = [BoundPrincipal.arn('arn:aws:iam::123456789012:role/worker')];

const declareRole = (mount: AwsAuthMount, props: RoleProps = {}) =>
  new InferredAuthRole(mount.node.scope!, 'role', {
    mount,
    roleName: 'worker',
    tokenMaxTtl: Duration.hours(8),
    inferredRegion: 'eu-central-1',
    ...props,
  });

const problemsWith = (props: RoleProps) =>
  problemsOf((stack) => declareRole(new AwsAuthMount(stack, 'mount'), props));
const warningsWith = (props: RoleProps) =>
  warningsOf((stack) => declareRole(new AwsAuthMount(stack, 'mount'), props));

test('every field of a role reaches the provider', () => {
  const { resource } = synthesize((stack) => {
    declareRole(new AwsAuthMount(stack, 'mount'), {
      boundPrincipals: worker,
      boundAmiIds: ['ami-0123456789abcdef0'],
      boundAccountIds: ['123456789012'],
      boundVpcIds: ['vpc-0123456789abcdef0'],
      boundSubnetIds: ['subnet-0123456789abcdef0'],
      boundIamRoleArns: ['arn:aws:iam::123456789012:role/worker'],
      boundInstanceProfileArns: ['arn:aws:iam::123456789012:instance-profile/worker'],
      boundInstanceIds: ['i-0123456789abcdef0'],
      policies: ['worker'],
    });
  });

  expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
    role: 'worker',
    auth_type: 'iam',
    inferred_entity_type: 'ec2_instance',
    inferred_aws_region: 'eu-central-1',
    bound_iam_principal_arns: ['arn:aws:iam::123456789012:role/worker'],
    resolve_aws_unique_ids: true,
    bound_ami_ids: ['ami-0123456789abcdef0'],
    bound_account_ids: ['123456789012'],
    bound_vpc_ids: ['vpc-0123456789abcdef0'],
    bound_subnet_ids: ['subnet-0123456789abcdef0'],
    bound_iam_role_arns: ['arn:aws:iam::123456789012:role/worker'],
    bound_iam_instance_profile_arns: ['arn:aws:iam::123456789012:instance-profile/worker'],
    bound_ec2_instance_ids: ['i-0123456789abcdef0'],
    token_policies: ['worker'],
  });
});

test('principals that are not bound are not written', () => {
  const { resource } = synthesize((stack) =>
    declareRole(new AwsAuthMount(stack, 'mount'), { boundAmiIds: ['ami-0123456789abcdef0'] }),
  );

  expect(resource.vault_aws_auth_backend_role!.role).not.toHaveProperty('bound_iam_principal_arns');
});

describe('a role is refused with', () => {
  test.each<[string, RoleProps, string]>([
    [
      'no bind',
      {},
      'bound…: at least one of the binds is needed, because Vault refuses a role that nobody is bound to; got none',
    ],
    [
      'a malformed region',
      { boundPrincipals: worker, inferredRegion: 'Frankfurt' },
      "inferredRegion: must be a region, such as 'eu-central-1'; got 'Frankfurt'",
    ],
    [
      'a malformed principal',
      { boundPrincipals: [BoundPrincipal.arn('worker')] },
      "bound principal: must be arn:PARTITION:iam::ACCOUNT:user/NAME or role/NAME with an account of 12 digits; got 'worker'",
    ],
    [
      'a malformed instance bind',
      { boundPrincipals: worker, boundVpcIds: ['vpc'] },
      "boundVpcIds[0]: must be a VPC's ID, 'vpc-' and 8 to 17 hexadecimal digits; got 'vpc'",
    ],
  ])('%s', (_, props, message) => {
    expect(problemsWith(props)).toEqual([`[stack/role] ${message}`]);
  });
});

describe('a role is taken with', () => {
  test.each<[string, RoleProps]>([
    ['principals only', { boundPrincipals: worker }],
    ['instances only', { boundAmiIds: ['ami-0123456789abcdef0'] }],
  ])('%s', (_, props) => {
    expect(problemsWith(props)).toEqual([]);
  });
});

describe('a role is warned of', () => {
  const accounts = { boundAccountIds: ['123456789012'] };

  test('that takes all instances of an account, and knows them only by their session’s name', () => {
    expect(warningsWith(accounts)).toEqual([
      "[stack/role] inference-by-name: boundPrincipals: a session of any role of the account that is named after such an instance may log in, bind the instances' role too; got only boundAccountIds",
      '[stack/role] bind-all-instances: boundAccountIds: every instance there may log in, no matter who starts it; got 123456789012',
    ]);
  });

  test('that takes principals by a wildcard or by name only', () => {
    const anyWorker = BoundPrincipal.arn('arn:aws:iam::123456789012:role/worker-*');

    expect(warningsWith({ boundPrincipals: [anyWorker, ...worker], resolveAwsUniqueIds: false })).toEqual([
      "[stack/role] bind-wildcard: bound principal: anyone who may make an IAM role with a matching name or path may log in; got 'role/worker-*'",
      '[stack/role] resolve-off: resolveAwsUniqueIds: a principal that is deleted and made again under its name inherits the access; got false',
    ]);
  });

  test('but not if a principal says which of the account’s instances', () => {
    expect(warningsWith({ ...accounts, boundPrincipals: worker })).toEqual([]);
  });
});

test.each<[string, RoleProps, readonly AwsTask[]]>([
  ['the instance', { boundAmiIds: ['ami-0123456789abcdef0'] }, ['describe-instances']],
  ['the principal and the instance', { boundPrincipals: worker }, ['look-up-roles', 'describe-instances']],
  [
    'only the instance for a principal by name',
    { boundPrincipals: worker, resolveAwsUniqueIds: false },
    ['describe-instances'],
  ],
  [
    'the instance and its profile for a role in it',
    { boundIamRoleArns: ['arn:aws:iam::123456789012:role/worker'] },
    ['describe-instances', 'read-instance-profiles'],
  ],
])('Vault must be allowed to look up %s', (_, props, expected) => {
  let tasks: readonly AwsTask[] = [];
  synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    declareRole(mount, props);
    tasks = tasksOf(mount);
  });

  expect(tasks).toEqual(expected);
});

test('what is known only at apply is checked by Terraform', () => {
  const { resource } = synthesize((stack) => {
    declareRole(new AwsAuthMount(stack, 'mount'), {
      inferredRegion: lateText(stack, 'region'),
      boundPrincipals: [BoundPrincipal.arn(lateText(stack, 'principal'), 'role')],
      boundVpcIds: [lateText(stack, 'vpc')],
    });
  });

  expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role).map(([, message]) => message)).toEqual([
    "boundPrincipals[0]: must be arn:PARTITION:iam::ACCOUNT:user/NAME or role/NAME, because Vault would never match another form; got '${var.principal}'",
    "inferredRegion: must be a region, such as 'eu-central-1'; got '${var.region}'",
    "boundVpcIds[0]: must be a VPC's ID, 'vpc-' and 8 to 17 hexadecimal digits; got '${var.vpc}'",
  ]);
});
