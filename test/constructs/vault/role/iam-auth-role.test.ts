import { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import { type AwsTask, tasksOf, VaultIamUser } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  type IamAuthRoleProps,
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

type RoleProps = Partial<Omit<IamAuthRoleProps, 'mount'>>;

const declareRole = (mount: AwsAuthMount, props: RoleProps = {}, id = 'role') =>
  new IamAuthRole(mount.node.scope!, id, {
    mount,
    roleName: 'dev_role',
    tokenMaxTtl: Duration.hours(8),
    boundPrincipals: [BoundPrincipal.allUsers()],
    ...props,
  });

const problemsOfRole = (props: RoleProps) =>
  problemsOf((stack) => declareRole(new AwsAuthMount(stack, 'mount'), props));

describe('a role is refused with', () => {
  test.each<[string, RoleProps, string]>([
    [
      'no name',
      { roleName: '' },
      "roleName: a role name must be letters, digits or any of _.-, with no . or - at an end; got ''",
    ],
    [
      'a malformed name',
      { roleName: 'dev/role' },
      "roleName: a role name must be letters, digits or any of _.-, with no . or - at an end; got 'dev/role'",
    ],
    [
      'an upper-case name',
      { roleName: 'Dev_Role' },
      "roleName: Vault lowercases a role name, write 'dev_role'; got 'Dev_Role'",
    ],
    [
      'no bind',
      { boundPrincipals: [] },
      'boundPrincipals: at least one is needed, because Vault refuses a role that nobody is bound to; got an empty list',
    ],
    [
      'a malformed policy name',
      { policies: ['default', ''] },
      "policies[1]: must be printable ASCII characters without capitals, '..' and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./'; got ''",
    ],
    [
      'the root policy',
      { policies: ['root'] },
      "policies[0]: this policy belongs to Vault and can't be changed; got 'root'",
    ],
    [
      'the root policy, in another case',
      { policies: ['Root'] },
      "policies[0]: this policy belongs to Vault and can't be changed; got 'Root'",
    ],
    [
      'a TTL over the maximum',
      { tokenTtl: Duration.hours(2), tokenMaxTtl: Duration.hours(1) },
      'tokenTtl: must not be longer than tokenMaxTtl; got 7200 s over 3600 s',
    ],
  ])('%s', (_, props, message) => {
    expect(problemsOfRole(props)).toEqual([`[stack/role] ${message}`]);
  });

  test('the name of another role of the mount', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      declareRole(mount);
      declareRole(mount, {}, 'again');
    });

    expect(problems).toEqual([
      "[stack/again] role 'dev_role' is declared twice, each write would replace the other; it is already declared at 'stack/role'",
    ]);
  });
});

describe('a role is taken with', () => {
  test.each<[string, RoleProps]>([
    ['a TTL and no maximum of its own', { tokenTtl: Duration.days(30), tokenMaxTtl: Duration.seconds(0) }],
    ['a policy that is in Vault already', { policies: ['default', 'teams/dev'] }],
  ])('%s', (_, props) => {
    expect(problemsOfRole(props)).toEqual([]);
  });

  test('the same name on another mount', () => {
    const problems = problemsOf((stack) => {
      declareRole(new AwsAuthMount(stack, 'mount'));
      declareRole(new AwsAuthMount(stack, 'other', { path: 'aws_other' }), {}, 'other_role');
    });

    expect(problems).toEqual([]);
  });
});

describe('what Vault must be allowed to look up', () => {
  const actionsFor = (props: RoleProps) => {
    const mounted = (stack: TerraformStack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      declareRole(mount, props);
      return mount;
    };
    let tasks: readonly AwsTask[] = [];
    synthesize((stack) => (tasks = tasksOf(mounted(stack))));
    return tasks;
  };

  test.each<[string, RoleProps, string[]]>([
    ['users, if all users are bound', {}, ['look-up-users']],
    ['roles, if a role is bound', { boundPrincipals: [BoundPrincipal.role('app')] }, ['look-up-roles']],
    [
      'nothing, if a user is bound by name without resolving',
      { boundPrincipals: [BoundPrincipal.user('a')], resolveAwsUniqueIds: false },
      [],
    ],
    [
      'roles, if an ARN of a role is bound',
      { boundPrincipals: [BoundPrincipal.arn('arn:aws:iam::123456789012:role/app')] },
      ['look-up-roles'],
    ],
    [
      'users, if an ARN of a user is bound',
      { boundPrincipals: [BoundPrincipal.arn('arn:aws:iam::123456789012:user/alice')] },
      ['look-up-users'],
    ],
    [
      'what a reference says it is',
      {
        boundPrincipals: [
          BoundPrincipal.arn('${aws_iam_role.app.arn}', 'role'),
          BoundPrincipal.arn('${aws_iam_user.app.arn}', 'user'),
        ],
      },
      ['look-up-roles', 'look-up-users'],
    ],
    [
      'users, if a wildcard is bound, even without resolving',
      { resolveAwsUniqueIds: false },
      ['look-up-users'],
    ],
  ])('is %s', (_, props, tasks) => {
    expect(actionsFor(props)).toEqual(tasks);
  });
});

describe('the order of writes', () => {
  const stackWith = (props: RoleProps, roleFirst = false) =>
    synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
      const user = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
      if (roleFirst) {
        declareRole(mount, props);
      }
      new AwsAuthClient(stack, 'client', { mount, credentials: user.credentials });
      if (!roleFirst) {
        declareRole(mount, props);
      }
    }).resource;

  test.each([true, false])('is client configuration, then role (role declared first: %s)', (roleFirst) => {
    const { vault_aws_auth_backend_role: roles } = stackWith({}, roleFirst);

    expect(roles!.role!.depends_on).toEqual(['vault_aws_auth_backend_client.client']);
  });

  test.each([true, false])(
    'waits for the key before a look-up at the write (role declared first: %s)',
    (roleFirst) => {
      const resource = stackWith({ boundPrincipals: [BoundPrincipal.role('app')] }, roleFirst);
      const [address, wait] = Object.entries(resource.terraform_data!)[0]!;

      expect(resource.vault_aws_auth_backend_role!.role!.depends_on).toEqual([
        `terraform_data.${address}`,
        'vault_aws_auth_backend_client.client',
      ]);
      expect(wait).toMatchObject({
        depends_on: [expect.stringMatching(/^aws_iam_user_policy_attachment\./)],
        provisioner: [{ 'local-exec': { environment: { LOOK_UP: 'look-up-roles' } } }],
      });
    },
  );

  test('waits for no key if the write looks nothing up', () => {
    expect(stackWith({}).terraform_data).toBeUndefined();
  });

  test('puts the policy’s attachment before the client configuration', () => {
    expect(stackWith({}).vault_aws_auth_backend_client!.client!.depends_on).toEqual([
      expect.stringMatching(/^aws_iam_user_policy_attachment\./),
    ]);
  });
});

test('a policy of the app is referred to, so that it is written before the role', () => {
  const { resource } = synthesize((stack) => {
    const policy = new VaultPolicy(stack, 'policy', {
      policyName: 'dev',
      rules: [{ path: 'a', capabilities: ['read'] }],
    });
    declareRole(new AwsAuthMount(stack, 'mount'), { policies: [policy, 'default'] });
  });

  expect(resource.vault_aws_auth_backend_role!.role!.token_policies).toEqual([
    '${vault_policy.policy.name}',
    'default',
  ]);
});

describe('a role that knows its principals by name only', () => {
  const warningsWith = (props: RoleProps) =>
    warningsOf((stack) =>
      declareRole(new AwsAuthMount(stack, 'mount'), { resolveAwsUniqueIds: false, ...props }),
    );

  test('is warned of', () => {
    expect(warningsWith({ boundPrincipals: [BoundPrincipal.user('alice')] })).toEqual([
      '[stack/role] resolve-off: resolveAwsUniqueIds: a principal that is deleted and made again under its name inherits the access; got false',
    ]);
  });

  test('is not warned of if it has only wildcards, because those are never resolved', () => {
    expect(warningsWith({ boundPrincipals: [BoundPrincipal.allUsers()] })).toEqual([
      expect.stringContaining('bind-all-principals'),
    ]);
  });

  const ACCOUNT = 'arn:aws:iam::123456789012';

  test.each([
    ['a user', BoundPrincipal.arn(`${ACCOUNT}:user/teams/a/alice`), `${ACCOUNT}:user/alice`],
    ['a role', BoundPrincipal.arn(`${ACCOUNT}:role/teams/app`), `${ACCOUNT}:role/app`],
    ['one without a path', BoundPrincipal.arn(`${ACCOUNT}:user/alice`), `${ACCOUNT}:user/alice`],
    ['a wildcard on a path', BoundPrincipal.arn(`${ACCOUNT}:user/teams/*`), `${ACCOUNT}:user/teams/*`],
    [
      'one of this account',
      BoundPrincipal.user('alice', '/teams/a/'),
      'arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.caller.account_id}:user/alice',
    ],
  ])('is bound without the path of its ARN, which no login has: %s', (_, principal, arn) => {
    const { resource } = synthesize((stack) =>
      declareRole(new AwsAuthMount(stack, 'mount'), {
        boundPrincipals: [principal],
        resolveAwsUniqueIds: false,
      }),
    );

    expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({ bound_iam_principal_arns: [arn] });
  });

  test('is written with resolving off', () => {
    const { resource } = synthesize((stack) =>
      declareRole(new AwsAuthMount(stack, 'mount'), { resolveAwsUniqueIds: false }),
    );

    expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({ resolve_aws_unique_ids: false });
  });
});

test('policies that are a reference to a list as a whole are checked by Terraform; there may be none', () => {
  const { resource } = synthesize((stack) => {
    declareRole(new AwsAuthMount(stack, 'mount'), { policies: lateList(stack) });
  });

  const role = resource.vault_aws_auth_backend_role!.role!;
  expect(role.token_policies).toBe('${var.late_list}');
  expect(preconditionsOf(role).map(([, message]) => message)).toEqual([
    `policies: each must be printable ASCII characters without capitals, '..' and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./'; got '\${join("', '", var.late_list)}'`,
  ]);
});

test('a name of a role or a policy that is known only at apply is checked by Terraform', () => {
  const { resource } = synthesize((stack) => {
    declareRole(new AwsAuthMount(stack, 'mount'), {
      roleName: lateText(stack, 'role_name'),
      policies: ['default', lateText(stack, 'policy_name')],
    });
  });

  expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role).map(([, message]) => message)).toEqual([
    "roleName: must be lower-case letters, digits or any of _.-, with no . or - at an end; got '${var.role_name}'",
    "policies[1]: must be printable ASCII characters without capitals, '..' and expressions of Terraform, with no blank or '/' at an end and no '//' or '/./'; got '${var.policy_name}'",
  ]);
});
