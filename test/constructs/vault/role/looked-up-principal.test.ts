import { DataAwsIamRole } from '@cdktf/provider-aws/lib/data-aws-iam-role';
import { DataAwsIamUser } from '@cdktf/provider-aws/lib/data-aws-iam-user';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import type { TerraformStack } from 'cdktf';
import { type AwsTask, tasksOf } from '../../../../lib/constructs/aws';
import {
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  type IamAuthRoleProps,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize } from '../../../support/stack';

type Props = Partial<IamAuthRoleProps> & Pick<IamAuthRoleProps, 'boundPrincipals'>;

const declareRole = (stack: TerraformStack, props: Props, id = 'role') =>
  new IamAuthRole(stack, id, {
    mount: new AwsAuthMount(stack, `mount_${id}`, { path: id, guideOnly: true }),
    roleName: 'dev',
    ...props,
  });

const roleFor = (...boundPrincipals: BoundPrincipal[]) =>
  synthesize((stack) => declareRole(stack, { boundPrincipals }));

const lifecycleOf = ({ resource }: ReturnType<typeof synthesize>) =>
  resource.vault_aws_auth_backend_role!.role!.lifecycle as { replace_triggered_by?: string[] } | undefined;

describe('a principal that is looked up', () => {
  test.each([
    ['user', BoundPrincipal.userFromLookup('alice'), { user_name: 'alice' }, 'user_id'],
    ['role', BoundPrincipal.roleFromLookup('alice'), { name: 'alice' }, 'unique_id'],
  ])('is read from AWS at each plan: a %s', (kind, principal, query, uniqueId) => {
    const { data, resource } = roleFor(principal);
    const [address] = Object.keys(data![`aws_iam_${kind}`]!);

    expect(data).toEqual({ [`aws_iam_${kind}`]: { [address!]: query } });
    expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
      bound_iam_principal_arns: [`\${data.aws_iam_${kind}.${address}.arn}`],
    });
    expect(Object.values(resource.terraform_data!)).toEqual([
      { input: { unique_id: `\${data.aws_iam_${kind}.${address}.${uniqueId}}` } },
    ]);
  });

  test('has the role replaced when its unique ID changes', () => {
    const stack = roleFor(BoundPrincipal.userFromLookup('alice'));
    const [identity] = Object.keys(stack.resource.terraform_data!);

    expect(lifecycleOf(stack)).toMatchObject({ replace_triggered_by: [`terraform_data.${identity}`] });
  });

  test('is looked up once for all roles of a stack', () => {
    const { data, resource } = synthesize((stack) => {
      declareRole(stack, { boundPrincipals: [BoundPrincipal.userFromLookup('alice')] });
      declareRole(stack, { boundPrincipals: [BoundPrincipal.userFromLookup('alice')] }, 'other');
    });

    expect(Object.keys(data!.aws_iam_user!)).toHaveLength(1);
    expect(Object.keys(resource.terraform_data!)).toHaveLength(1);
  });

  test('is not confused with another one whose name differs in a dot', () => {
    const { data, resource } = roleFor(
      BoundPrincipal.userFromLookup('a.b'),
      BoundPrincipal.userFromLookup('ab'),
    );

    expect(Object.values(data!.aws_iam_user!)).toEqual(
      expect.arrayContaining([{ user_name: 'a.b' }, { user_name: 'ab' }]),
    );
    expect(Object.keys(resource.terraform_data!)).toHaveLength(2);
  });

  test('has the path of its ARN left out by Terraform if the role does not resolve it', () => {
    const { data, resource } = synthesize((stack) =>
      declareRole(stack, {
        boundPrincipals: [BoundPrincipal.userFromLookup('alice')],
        resolveAwsUniqueIds: false,
      }),
    );
    const [address] = Object.keys(data!.aws_iam_user!);

    expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
      bound_iam_principal_arns: [
        `\${replace(data.aws_iam_user.${address}.arn, "/(:(?:user|role)/).*//", "$1")}`,
      ],
    });
  });

  test('is known only by its name if the role does not resolve it, so it has no identity to watch', () => {
    const { resource } = synthesize((stack) =>
      declareRole(stack, {
        boundPrincipals: [BoundPrincipal.userFromLookup('alice')],
        resolveAwsUniqueIds: false,
      }),
    );

    expect(resource).not.toHaveProperty('terraform_data');
  });

  test.each([
    [
      'userFromLookup' as const,
      "user: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got 'a b'",
    ],
    [
      'roleFromLookup' as const,
      "role: an IAM role name must be 1 to 64 letters, digits or any of _+=,.@-; got 'a b'",
    ],
  ])('has a name that IAM allows: %s', (lookUp, message) => {
    expect(
      problemsOf((stack) => declareRole(stack, { boundPrincipals: [BoundPrincipal[lookUp]('a b')] })),
    ).toEqual([`[stack/role] ${message}`]);
  });
});

describe('a principal of the app', () => {
  const forMade = (make: (stack: TerraformStack) => IamUser | IamRole) =>
    synthesize((stack) => declareRole(stack, { boundPrincipals: [BoundPrincipal.of(make(stack))] }));

  test.each<['user' | 'role', (stack: TerraformStack) => DataAwsIamUser | DataAwsIamRole, string]>([
    ['user', (stack) => new DataAwsIamUser(stack, 'app', { userName: 'app' }), 'user_id'],
    ['role', (stack) => new DataAwsIamRole(stack, 'app', { name: 'app' }), 'unique_id'],
  ])('can be one that the app looks up itself: a %s', (kind, make, id) => {
    let tasks: readonly AwsTask[] = [];
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
      const boundPrincipals = [BoundPrincipal.of(make(stack))];
      new IamAuthRole(stack, 'role', { mount, roleName: 'dev', boundPrincipals });
      tasks = tasksOf(mount);
    });

    expect(tasks).toEqual([`look-up-${kind}s`]);
    expect(resource.vault_aws_auth_backend_role!.role!.bound_iam_principal_arns).toEqual([
      `\${data.aws_iam_${kind}.app.arn}`,
    ]);
    expect(Object.values(resource.terraform_data!)).toEqual([
      { input: { unique_id: `\${data.aws_iam_${kind}.app.${id}}` } },
    ]);
  });

  test.each([
    ['user', (stack: TerraformStack) => new IamUser(stack, 'app', { name: 'app' })],
    ['role', (stack: TerraformStack) => new IamRole(stack, 'app', { name: 'app', assumeRolePolicy: '{}' })],
  ])('is bound by a reference, and the role is replaced with it: a %s', (kind, make) => {
    const stack = forMade(make);
    const [identity] = Object.keys(stack.resource.terraform_data!);

    expect(stack.resource.vault_aws_auth_backend_role!.role).toMatchObject({
      bound_iam_principal_arns: [`\${aws_iam_${kind}.app.arn}`],
    });
    expect(Object.values(stack.resource.terraform_data!)).toEqual([
      { input: { unique_id: `\${aws_iam_${kind}.app.unique_id}` } },
    ]);
    expect(lifecycleOf(stack)).toMatchObject({ replace_triggered_by: [`terraform_data.${identity}`] });
  });

  test('is not confused with one that is looked up under the name of its construct', () => {
    const { resource } = synthesize((stack) => {
      const user = new IamUser(stack, 'user_alice', { name: 'bob' });
      declareRole(stack, {
        boundPrincipals: [BoundPrincipal.of(user), BoundPrincipal.userFromLookup('alice')],
      });
    });

    expect(Object.keys(resource.terraform_data!)).toHaveLength(2);
  });

  test('decides what Vault may look up', () => {
    let tasks: readonly AwsTask[] = [];
    synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
      const role = new IamRole(stack, 'app', { name: 'app', assumeRolePolicy: '{}' });
      new IamAuthRole(stack, 'role', { mount, roleName: 'dev', boundPrincipals: [BoundPrincipal.of(role)] });
      tasks = tasksOf(mount);
    });

    expect(tasks).toEqual(['look-up-roles']);
  });

  test('has the form of its ARN checked by Terraform', () => {
    const { resource } = forMade((stack) => new IamUser(stack, 'app', { name: 'app' }));

    expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role)).toEqual([
      [
        expect.stringMatching(/^\$\{can\(regex\(".+", aws_iam_user\.app\.arn\)\)\}$/),
        "boundPrincipals[0]: must be arn:PARTITION:iam::ACCOUNT:user/NAME or role/NAME, because Vault would never match another form; got '${aws_iam_user.app.arn}'",
      ],
    ]);
  });
});

test('a principal that is given by its name in this account needs no check by Terraform', () => {
  const { resource } = roleFor(BoundPrincipal.user('alice'), BoundPrincipal.allRoles());

  expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role)).toEqual([]);
});

test.each(['user', 'role'] as const)(
  'a %s whose name is known only at apply is looked up by nobody',
  (kind) => {
    let name = '';
    const late = (stack: TerraformStack) => {
      name = lateText(stack);
      const principal =
        kind === 'user' ? BoundPrincipal.userFromLookup(name) : BoundPrincipal.roleFromLookup(name);
      const mount = new AwsAuthMount(stack, 'mount');
      new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals: [principal] });
    };

    expect(problemsOf(late)).toEqual([
      `[stack/role] bound principal: the name of a ${kind} that is looked up must be known at synth, or use BoundPrincipal.${kind} or .arn; got '${name}'`,
    ]);
  },
);
