import { Duration } from 'aws-cdk-lib/core';
import { type AwsTask, tasksOf } from '../../../../lib/constructs/aws';
import {
  AwsAuthMount,
  Ec2AuthRole,
  type Ec2AuthRoleProps,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import {
  lateList,
  lateText,
  preconditionsOf,
  problemsOf,
  synthesize,
  warningsOf,
} from '../../../support/stack';

type RoleProps = Partial<Omit<Ec2AuthRoleProps, 'mount'>>;

const AMI = 'ami-0123456789abcdef0';

const declareRole = (mount: AwsAuthMount, props: RoleProps = { boundAmiIds: [AMI] }) =>
  new Ec2AuthRole(mount.node.scope!, 'role', {
    mount,
    roleName: 'web',
    tokenMaxTtl: Duration.hours(8),
    ...props,
  });

const roleWith = (props: RoleProps) =>
  synthesize((stack) => declareRole(new AwsAuthMount(stack, 'mount'), props)).resource
    .vault_aws_auth_backend_role!.role!;
const problemsWith = (props: RoleProps) =>
  problemsOf((stack) => declareRole(new AwsAuthMount(stack, 'mount'), props));
const warningsWith = (props: RoleProps) =>
  warningsOf((stack) => declareRole(new AwsAuthMount(stack, 'mount'), props));

const everyBind = {
  boundAmiIds: [AMI],
  boundAccountIds: ['123456789012'],
  boundRegions: ['eu-central-1'],
  boundVpcIds: ['vpc-0123456789abcdef0'],
  boundSubnetIds: ['subnet-0123456789abcdef0'],
  boundIamRoleArns: ['arn:aws:iam::123456789012:role/web'],
  boundInstanceProfileArns: ['arn:aws:iam::123456789012:instance-profile/web'],
  boundInstanceIds: ['i-0123456789abcdef0'],
};

test('every field of a role reaches the provider', () => {
  const { resource } = synthesize((stack) => {
    const policy = new VaultPolicy(stack, 'policy', {
      policyName: 'web',
      rules: [{ path: 'a', capabilities: ['read'] }],
    });
    declareRole(new AwsAuthMount(stack, 'mount'), {
      ...everyBind,
      policies: [policy],
      roleTag: 'vault',
      allowInstanceMigration: true,
      disallowReauthentication: false,
    });
  });

  expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
    backend: '${vault_auth_backend.mount.path}',
    role: 'web',
    auth_type: 'ec2',
    bound_ami_ids: [AMI],
    bound_account_ids: ['123456789012'],
    bound_regions: ['eu-central-1'],
    bound_vpc_ids: ['vpc-0123456789abcdef0'],
    bound_subnet_ids: ['subnet-0123456789abcdef0'],
    bound_iam_role_arns: ['arn:aws:iam::123456789012:role/web'],
    bound_iam_instance_profile_arns: ['arn:aws:iam::123456789012:instance-profile/web'],
    bound_ec2_instance_ids: ['i-0123456789abcdef0'],
    role_tag: 'vault',
    allow_instance_migration: true,
    disallow_reauthentication: false,
    token_policies: ['${vault_policy.policy.name}'],
  });
});

test('an empty list counts as none, and is not written', () => {
  const role = roleWith({ boundAmiIds: [AMI], boundVpcIds: [], boundRegions: [] });

  expect(role).not.toHaveProperty('bound_vpc_ids');
  expect(role).not.toHaveProperty('bound_regions');
});

describe('a role is refused with', () => {
  test.each<[string, RoleProps, string]>([
    [
      'no bind',
      {},
      'bound…: at least one of the binds is needed, because Vault refuses a role that nobody is bound to; got none',
    ],
    [
      'empty binds only',
      { boundAmiIds: [], boundRegions: [] },
      'bound…: at least one of the binds is needed, because Vault refuses a role that nobody is bound to; got none',
    ],
    [
      'a malformed AMI',
      { boundAmiIds: [AMI, 'ubuntu'] },
      "boundAmiIds[1]: must be an AMI's ID, 'ami-' and 8 to 17 hexadecimal digits; got 'ubuntu'",
    ],
    [
      'a malformed account',
      { boundAmiIds: [AMI], boundAccountIds: ['1234'] },
      "boundAccountIds[0]: must be an account's 12 digits; got '1234'",
    ],
    [
      'an availability zone for a region',
      { boundAmiIds: [AMI], boundRegions: ['us-east-1a'] },
      "boundRegions[0]: must be a region, such as 'eu-central-1'; got 'us-east-1a'",
    ],
    [
      'a malformed VPC',
      { boundVpcIds: ['subnet-0123456789abcdef0'] },
      "boundVpcIds[0]: must be a VPC's ID, 'vpc-' and 8 to 17 hexadecimal digits; got 'subnet-0123456789abcdef0'",
    ],
    [
      'a malformed subnet',
      { boundSubnetIds: ['10.0.0.0/24'] },
      "boundSubnetIds[0]: must be a subnet's ID, 'subnet-' and 8 to 17 hexadecimal digits; got '10.0.0.0/24'",
    ],
    [
      'an instance profile for a role',
      { boundIamRoleArns: ['arn:aws:iam::123456789012:instance-profile/web'] },
      "boundIamRoleArns[0]: must be a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME', or its beginning and '*'; got 'arn:aws:iam::123456789012:instance-profile/web'",
    ],
    [
      'a role for an instance profile',
      { boundInstanceProfileArns: ['arn:aws:iam::123456789012:role/web'] },
      "boundInstanceProfileArns[0]: must be an instance profile's ARN, 'arn:PARTITION:iam::ACCOUNT:instance-profile/NAME', or its beginning and '*'; got 'arn:aws:iam::123456789012:role/web'",
    ],
    [
      'a malformed instance',
      { boundInstanceIds: ['web-1'] },
      "boundInstanceIds[0]: must be an instance's ID, 'i-' and 8 to 17 hexadecimal digits; got 'web-1'",
    ],
    [
      'an empty role tag',
      { boundAmiIds: [AMI], roleTag: '' },
      "roleTag: must be a tag's key of 1 to 127 characters, without white space at its ends, and without AWS's own 'aws:' at its start; got ''",
    ],
    [
      'a role tag that is longer than a key in EC2',
      { boundAmiIds: [AMI], roleTag: 'k'.repeat(128) },
      `roleTag: must be a tag's key of 1 to 127 characters, without white space at its ends, and without AWS's own 'aws:' at its start; got '${'k'.repeat(128)}'`,
    ],
    [
      'a role tag with outer white space',
      { boundAmiIds: [AMI], roleTag: ' vault' },
      "roleTag: must be a tag's key of 1 to 127 characters, without white space at its ends, and without AWS's own 'aws:' at its start; got ' vault'",
    ],
    [
      'a role tag that only AWS can set',
      { boundAmiIds: [AMI], roleTag: 'AWS:vault' },
      "roleTag: must be a tag's key of 1 to 127 characters, without white space at its ends, and without AWS's own 'aws:' at its start; got 'AWS:vault'",
    ],
    [
      'both ways to treat a second login',
      { boundAmiIds: [AMI], allowInstanceMigration: true, disallowReauthentication: true },
      'allowInstanceMigration: Vault refuses it together with disallowReauthentication, choose one; got both',
    ],
    [
      'a malformed name',
      { boundAmiIds: [AMI], roleName: 'web/1' },
      "roleName: a role name must be letters, digits or any of _.-, with no . or - at an end; got 'web/1'",
    ],
  ])('%s', (_, props, message) => {
    expect(problemsWith(props)).toEqual([`[stack/role] ${message}`]);
  });
});

describe('a role is taken with', () => {
  test.each<[string, RoleProps]>([
    ['every bind', everyBind],
    ['a wildcard at the end of a role', { boundIamRoleArns: ['arn:aws:iam::123456789012:role/teams/*'] }],
    ['the longest role tag', { boundAmiIds: [AMI], roleTag: 'k'.repeat(127) }],
    ['one login for each instance', { boundAmiIds: [AMI], disallowReauthentication: true }],
  ])('%s', (_, props) => {
    expect(problemsWith(props)).toEqual([]);
  });
});

describe('a role that names only the place of its instances', () => {
  test('is warned of, for each list', () => {
    expect(
      warningsWith({ boundAccountIds: ['123456789012'], boundRegions: ['eu-central-1', 'eu-west-1'] }),
    ).toEqual([
      '[stack/role] bind-all-instances: boundAccountIds: every instance there may log in, no matter who starts it; got 123456789012',
      '[stack/role] bind-all-instances: boundRegions: every instance there may log in, no matter who starts it; got eu-central-1, eu-west-1',
    ]);
  });

  test('is not warned of, once it says which instances', () => {
    expect(warningsWith({ boundAccountIds: ['123456789012'], boundAmiIds: [AMI] })).toEqual([]);
  });
});

describe('what Vault must be allowed to look up', () => {
  const tasksFor = (props: RoleProps) => {
    let tasks: readonly AwsTask[] = [];
    synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      declareRole(mount, props);
      tasks = tasksOf(mount);
    });
    return tasks;
  };

  test('is the instance', () => {
    expect(tasksFor({ boundAmiIds: [AMI] })).toEqual(['describe-instances']);
  });

  test('is its profile too if a role is bound, because the document does not name it', () => {
    expect(tasksFor({ boundIamRoleArns: everyBind.boundIamRoleArns })).toEqual([
      'describe-instances',
      'read-instance-profiles',
    ]);
  });
});

test.each([
  ['boundAmiIds', "an AMI's ID, 'ami-' and 8 to 17 hexadecimal digits"],
  ['boundAccountIds', "an account's 12 digits"],
  ['boundRegions', "a region, such as 'eu-central-1'"],
  ['boundVpcIds', "a VPC's ID, 'vpc-' and 8 to 17 hexadecimal digits"],
  ['boundSubnetIds', "a subnet's ID, 'subnet-' and 8 to 17 hexadecimal digits"],
  ['boundIamRoleArns', "a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME', or its beginning and '*'"],
  [
    'boundInstanceProfileArns',
    "an instance profile's ARN, 'arn:PARTITION:iam::ACCOUNT:instance-profile/NAME', or its beginning and '*'",
  ],
  ['boundInstanceIds', "an instance's ID, 'i-' and 8 to 17 hexadecimal digits"],
] as const)('an entry of %s that is known only at apply is checked by Terraform', (bind, says) => {
  const { resource } = synthesize((stack) => {
    declareRole(new AwsAuthMount(stack, 'mount'), { [bind]: [everyBind[bind][0]!, lateText(stack)] });
  });

  expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role)).toEqual([
    [
      expect.stringMatching(/^\$\{can\(regex\(".+", var\.late\)\)\}$/),
      `${bind}[1]: must be ${says}; got '\${var.late}'`,
    ],
  ]);
});

test('a bind that is a reference to a list as a whole is checked by Terraform, each entry and that there is one', () => {
  const { resource } = synthesize((stack) => {
    declareRole(new AwsAuthMount(stack, 'mount'), { boundSubnetIds: lateList(stack) });
  });

  const role = resource.vault_aws_auth_backend_role!.role!;
  expect(role.bound_subnet_ids).toBe('${var.late_list}');
  expect(preconditionsOf(role)).toEqual([
    [
      '${alltrue([ for key, val in toset(var.late_list): can(regex("^subnet-[0-9a-f]{8,17}$", val))])}',
      `boundSubnetIds: each must be a subnet's ID, 'subnet-' and 8 to 17 hexadecimal digits; got '\${join("', '", var.late_list)}'`,
    ],
    [
      '${(length(var.late_list) >= 1)}',
      'boundSubnetIds: must not be empty, because every instance would meet it; got none',
    ],
  ]);
});

test('a reference to a list is refused among other entries, because cdktf could not write it', () => {
  expect(
    problemsOf((stack) =>
      declareRole(new AwsAuthMount(stack, 'mount'), {
        boundSubnetIds: ['subnet-01234567', ...lateList(stack)],
      }),
    ),
  ).toEqual([
    '[stack/role] boundSubnetIds[1]: a reference to a list must be given alone, or be joined by Fn.concat; got it among others',
  ]);
});

test('a wildcard of roles or instance profiles is warned of', () => {
  const profiles = 'arn:aws:iam::123456789012:instance-profile/web-*';

  expect(
    warningsWith({ boundInstanceProfileArns: [profiles, 'arn:aws:iam::123456789012:instance-profile/web'] }),
  ).toEqual([
    `[stack/role] bind-wildcard: boundInstanceProfileArns: anyone who may make an IAM role or instance profile with a matching name may log in; got '${profiles}'`,
  ]);
});
