import { Duration } from 'aws-cdk-lib/core';
import { Lazy, type TerraformStack, Token } from 'cdktf';
import { AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../../../lib/constructs/vault';
import { usableRole } from '../../../../lib/constructs/vault/role/auth-role';
import {
  lateText,
  preconditionsOf,
  problemsOf,
  regionFor,
  synthesize,
  warningsOf,
} from '../../../support/stack';

const roleFor =
  (...boundPrincipals: BoundPrincipal[]) =>
  (stack: TerraformStack) =>
    new IamAuthRole(stack, 'role', {
      mount: new AwsAuthMount(stack, 'mount'),
      roleName: 'dev_role',
      tokenMaxTtl: Duration.hours(8),
      boundPrincipals,
    });

const token = (expression: string) => Lazy.stringValue({ produce: () => expression });

const ACCOUNT =
  'arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.caller.account_id}';

describe('the ARN that a role is bound to', () => {
  test.each([
    ['all users of this account', BoundPrincipal.allUsers(), `${ACCOUNT}:user/*`],
    ['all roles of this account', BoundPrincipal.allRoles(), `${ACCOUNT}:role/*`],
    ['a user of this account', BoundPrincipal.user('alice'), `${ACCOUNT}:user/alice`],
    ['a user with a path', BoundPrincipal.user('alice', '/teams/a/'), `${ACCOUNT}:user/teams/a/alice`],
    ['a role of this account', BoundPrincipal.role('app'), `${ACCOUNT}:role/app`],
    [
      'an ARN',
      BoundPrincipal.arn('arn:aws:iam::123456789012:role/app'),
      'arn:aws:iam::123456789012:role/app',
    ],
  ])('is right for %s', (_, principal, arn) => {
    const { resource } = synthesize(roleFor(principal));

    expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({ bound_iam_principal_arns: [arn] });
  });

  test('asks AWS for account and partition only if they are needed', () => {
    expect(
      synthesize(roleFor(BoundPrincipal.arn('arn:aws:iam::123456789012:role/app'))).data,
    ).toBeUndefined();
  });
});

describe('an ARN that never matches is refused:', () => {
  const ends = 'must be arn:PARTITION:iam::ACCOUNT:user/NAME or role/NAME with an account of 12 digits';
  test.each([
    ['', ends],
    ['alice', ends],
    ['*', ends],
    ['arn:aws:iam::123:user/alice', ends],
    ['arn:aws:iam::123456789012:group/dev', ends],
    ['arn:aws:iam::123456789012:user/', ends],
    ['arn:aws:s3:::bucket', ends],
    [
      'arn:aws:sts::123456789012:assumed-role/app/session',
      "an assumed-role ARN never matches, bind the role itself, 'arn:PARTITION:iam::ACCOUNT:role/NAME'",
    ],
    ['arn:aws:iam::123456789012:root', 'the root user of an account never matches, bind users or roles'],
    ...['role/AWSReservedSSO_dev_*', 'role/eu-west-1/AWSReservedSSO_dev_*'].map((role): [string, string] => [
      `arn:aws:iam::123456789012:${role}`,
      "the roles of IAM Identity Center have the path 'aws-reserved/sso.amazonaws.com/REGION/', so this matches nobody; use BoundPrincipal.permissionSet({ name, region })",
    ]),
    ['arn:aws:iam::123456789012:user/*/alice', "'*' is a wildcard only as the last character"],
  ])('%j', (arn, rule) => {
    expect(problemsOf(roleFor(BoundPrincipal.arn(arn)))).toEqual([
      `[stack/role] bound principal: ${rule}; got '${arn}'`,
    ]);
  });
});

describe('an ARN that can match is taken:', () => {
  test.each([
    'arn:aws:iam::123456789012:user/alice',
    'arn:aws-us-gov:iam::123456789012:role/teams/app',
    'arn:aws-cn:iam::123456789012:user/*',
    'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_dev_*',
  ])('%s', (arn) => {
    expect(problemsOf(roleFor(BoundPrincipal.arn(arn)), regionFor(arn))).toEqual([]);
  });
});

test('names that IAM does not allow are refused', () => {
  expect(problemsOf(roleFor(BoundPrincipal.user('a b'), BoundPrincipal.role('app', 'teams')))).toEqual([
    "[stack/role] user: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got 'a b'",
    "[stack/role] path of role 'app': an IAM path must be '/' alone, or parts with one '/' around each, without ':' and '*'; got 'teams'",
  ]);
});

test('a reference to an ARN must say what it is, because Vault’s permissions depend on it', () => {
  const reference = '${aws_iam_role.app.arn}';

  expect(problemsOf(roleFor(BoundPrincipal.arn(token(reference))))).toEqual([
    "[stack/role] bound principal: a reference needs its kind, BoundPrincipal.arn(arn, 'user' or 'role')",
  ]);
  expect(problemsOf(roleFor(BoundPrincipal.arn(token(reference), 'role')))).toEqual([]);
});

describe('a bind of many is warned of:', () => {
  test.each([
    [
      'all users',
      BoundPrincipal.allUsers(),
      "bind-all-principals: bound principal: all IAM users of the account may log in, present and future; got 'user/*'",
    ],
    [
      'all roles',
      BoundPrincipal.allRoles(),
      "bind-all-principals: bound principal: all IAM roles of the account may log in, present and future; got 'role/*'",
    ],
    [
      'all users of another account',
      BoundPrincipal.arn('arn:aws:iam::123456789012:user/*'),
      "bind-all-principals: bound principal: all IAM users of the account may log in, present and future; got 'user/*'",
    ],
    [
      'roles under a path',
      BoundPrincipal.arn('arn:aws:iam::123456789012:role/teams/*'),
      "bind-wildcard: bound principal: anyone who may make an IAM role with a matching name or path may log in; got 'role/teams/*'",
    ],
    [
      'people, without the region that is in the path of their role',
      BoundPrincipal.arn(
        'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_dev_*',
      ),
      "bind-wildcard: bound principal: this matches the roles of IAM Identity Center only if it is set up in us-east-1, because any other region is in their path; use BoundPrincipal.permissionSet({ name, region }); got 'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_dev_*'",
    ],
  ])('%s', (_, principal, warning) => {
    expect(warningsOf(roleFor(principal))).toEqual([`[stack/role] ${warning}`]);
  });

  test('not a single principal', () => {
    expect(warningsOf(roleFor(BoundPrincipal.user('alice')))).toEqual([]);
  });
});

describe('an ARN with a reference in it', () => {
  const inLateAccount = (rest: string) => (stack: TerraformStack) =>
    roleFor(BoundPrincipal.arn(`arn:aws:iam::${lateText(stack, 'account')}:${rest}`))(stack);

  test('names its kind itself, and is looked up as that', () => {
    let lookUps: unknown;
    const problems = problemsOf((stack) => {
      lookUps = usableRole(inLateAccount('role/app')(stack)).lookUps;
    });

    expect(problems).toEqual([]);
    expect(lookUps).toEqual([
      { lookUp: 'look-up-roles', accounts: [expect.stringMatching(/^\$\{TfToken\[/)] },
    ]);
  });

  test('is a wildcard if it ends in one: it warns, and passes its check at apply', () => {
    expect(warningsOf(inLateAccount('user/*'))).toEqual([expect.stringContaining("got 'user/*'")]);
    // cdktf has a warning of its own for text around a reference, which nobody could act on.
    const warned = jest.spyOn(console, 'warn');
    const { resource } = synthesize(inLateAccount('user/*'));
    expect(warned).not.toHaveBeenCalled();
    const [[condition] = []] = preconditionsOf(resource.vault_aws_auth_backend_role!.role);
    expect(condition).toContain(String.raw`*\\*)$", join("", ["arn:aws:iam::", var.account, ":user/*"])`);
  });

  test('is bound by Terraform without its path if it is not resolved, and cdktf does not warn', () => {
    const warned = jest.spyOn(console, 'warn');
    const { resource } = synthesize((stack) => {
      const arn = `arn:aws:iam::${lateText(stack, 'account')}:role/team/app`;
      new IamAuthRole(stack, 'role', {
        mount: new AwsAuthMount(stack, 'mount'),
        roleName: 'app',
        boundPrincipals: [BoundPrincipal.arn(arn)],
        resolveAwsUniqueIds: false,
      });
    });

    expect(warned).not.toHaveBeenCalled();
    expect(resource.vault_aws_auth_backend_role!.role!.bound_iam_principal_arns).toEqual([
      '${replace(join("", ["arn:aws:iam::", var.account, ":role/team/app"]), "/(:(?:user|role)/).*//", "$1")}',
    ]);
  });
});

describe('is refused because of its literal part:', () => {
  test('a kind that the ARN contradicts', () => {
    expect(problemsOf(roleFor(BoundPrincipal.arn('arn:aws:iam::123456789012:role/app', 'user')))).toEqual([
      "[stack/role] bound principal: is a role's ARN, so its kind can't be 'user'; got 'arn:aws:iam::123456789012:role/app'",
    ]);
  });

  test("a '*' before the end of an ARN around a reference", () => {
    const arn = `arn:aws:iam::${token('${var.account}')}:role/*/app`;
    expect(problemsOf(roleFor(BoundPrincipal.arn(arn)))).toEqual([
      `[stack/role] bound principal: '*' is a wildcard only as the last character; got '${arn}'`,
    ]);
  });

  test.each(['/a:b/', '/*/'])(
    "a ':' or '*' in a path, which AWS allows and no bind could name: %s",
    (path) => {
      expect(problemsOf(roleFor(BoundPrincipal.user('alice', path)))).toEqual([
        `[stack/role] path of user 'alice': an IAM path must be '/' alone, or parts with one '/' around each, without ':' and '*'; got '${path}'`,
      ]);
      const late = `/${token('${var.team}')}${path}`;
      expect(problemsOf(roleFor(BoundPrincipal.user('alice', late)))).toEqual([
        `[stack/role] path of user 'alice': an IAM path must be without ':' and '*'; got '${late}'`,
      ]);
    },
  );

  test('a reference to a list, of which one entry is needed', () => {
    const list = Token.asList('${var.arns}');

    expect(problemsOf(roleFor(BoundPrincipal.arn(list[0]!, 'role'), BoundPrincipal.user(list[0]!)))).toEqual([
      `[stack/role] bound principal: is a reference to a list, and needs one of its entries; use Fn.element(list, index); got '${list[0]}'`,
      '[stack/role] user: is a reference to a list, and needs one of its entries; use Fn.element(list, index)',
    ]);
  });

  test('an empty part of a path', () => {
    expect(problemsOf(roleFor(BoundPrincipal.user('alice', '/a//b/')))).toEqual([
      "[stack/role] path of user 'alice': an IAM path must be '/' alone, or parts with one '/' around each, without ':' and '*'; got '/a//b/'",
    ]);
  });
});
