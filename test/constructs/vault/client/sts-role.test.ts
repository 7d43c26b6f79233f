import type { TerraformStack } from 'cdktf';
import { type AwsTask, tasksOf, VaultIamUser } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  StsRole,
  type StsRoleProps,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize } from '../../../support/stack';

const ROLE = 'arn:aws:iam::222222222222:role/vault';

const declare = (mount: AwsAuthMount, props: Partial<StsRoleProps> = {}, id = 'billing') =>
  new StsRole(mount.node.scope!, id, { mount, accountId: '222222222222', roleArn: ROLE, ...props });

const problemsWith = (props: Partial<StsRoleProps>) =>
  problemsOf((stack) => declare(new AwsAuthMount(stack, 'mount'), props));

test('an STS role is written to the path of its account', () => {
  const { resource } = synthesize((stack) =>
    declare(new AwsAuthMount(stack, 'mount'), { externalId: 'vault/1' }),
  );

  expect(resource.vault_aws_auth_backend_sts_role!.billing).toMatchObject({
    backend: '${vault_auth_backend.mount.path}',
    account_id: '222222222222',
    sts_role: ROLE,
    external_id: 'vault/1',
  });
});

describe('an STS role is refused', () => {
  test.each<[string, Partial<StsRoleProps>, string[]]>([
    ['without account', { accountId: '' }, ["accountId: must be an account's 12 digits; got ''"]],
    [
      'with an invalid role',
      { roleArn: 'arn:aws:iam::222222222222:user/vault' },
      [
        "roleArn: must be a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'; got 'arn:aws:iam::222222222222:user/vault'",
      ],
    ],
    [
      'with a role of another account',
      { accountId: '333333333333' },
      [`roleArn: a role sees its own account only, so it must be of account 333333333333; got '${ROLE}'`],
    ],
    [
      'with a short external ID',
      { externalId: 'a' },
      ["externalId: must be 2 to 1224 letters, digits or any of _+=,.@:/-; got 'a'"],
    ],
    [
      'with a long external ID',
      { externalId: 'a'.repeat(1225) },
      [`externalId: must be 2 to 1224 letters, digits or any of _+=,.@:/-; got '${'a'.repeat(1225)}'`],
    ],
    [
      'with an external ID of other characters',
      { externalId: 'vault 1' },
      ["externalId: must be 2 to 1224 letters, digits or any of _+=,.@:/-; got 'vault 1'"],
    ],
  ])('%s', (_, props, messages) => {
    expect(problemsWith(props)).toEqual(messages.map((message) => `[stack/billing] ${message}`));
  });

  test('for an account that has one on the mount', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      declare(mount);
      declare(mount, {}, 'again');
    });

    expect(problems).toEqual([
      "[stack/again] STS role of account '222222222222' is declared twice, each write would replace the other; it is already declared at 'stack/billing'",
    ]);
  });
});

test('an external ID may have 1224 characters', () => {
  expect(problemsWith({ externalId: 'a'.repeat(1224) })).toEqual([]);
});

test('what is known only at apply is checked by Terraform', () => {
  const { resource } = synthesize((stack) => {
    declare(new AwsAuthMount(stack, 'mount'), {
      accountId: lateText(stack, 'account'),
      roleArn: lateText(stack, 'role'),
      externalId: lateText(stack, 'external'),
    });
  });

  expect(
    preconditionsOf(resource.vault_aws_auth_backend_sts_role!.billing).map(([, message]) => message),
  ).toEqual([
    "accountId: must be an account's 12 digits; got '${var.account}'",
    "roleArn: must be a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'; got '${var.role}'",
    "externalId: must be 2 to 1224 letters, digits or any of _+=,.@:/-; got '${var.external}'",
    "roleArn: a role sees its own account only, so it must be of account ${var.account}; got '${var.role}'",
  ]);
});

test('Vault may assume the role, and no other', () => {
  const policyOf = (declareAll: (mount: AwsAuthMount) => void) => {
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
      declareAll(mount);
    });
    const { Statement } = JSON.parse(Object.values(resource.aws_iam_policy!)[0]!.policy as string) as {
      Statement: unknown;
    };
    return Statement;
  };

  expect(policyOf(declare)).toEqual([
    { Sid: 'LookUpInOtherAccounts', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE },
  ]);
});

describe('the order of writes', () => {
  const role = (mount: AwsAuthMount, principal: BoundPrincipal) =>
    new IamAuthRole(mount.node.scope!, 'role', {
      mount,
      roleName: 'dev',
      boundPrincipals: [principal],
    });
  const dependencies = (build: (mount: AwsAuthMount, stack: TerraformStack) => void) =>
    synthesize((stack) => build(new AwsAuthMount(stack, 'mount', { guideOnly: true }), stack)).resource
      .vault_aws_auth_backend_role!.role!.depends_on;

  test.each([true, false])(
    'puts it before a role that looks a principal up (role declared first: %s)',
    (first) => {
      const exact = BoundPrincipal.arn('arn:aws:iam::222222222222:role/app');
      const parts = [declare, (mount: AwsAuthMount) => role(mount, exact)];

      expect(
        dependencies((mount) => (first ? parts.toReversed() : parts).forEach((part) => part(mount))),
      ).toEqual(['vault_aws_auth_backend_sts_role.billing']);
    },
  );

  test('does not delay a role that looks nothing up when it is written', () => {
    const wildcard = BoundPrincipal.arn('arn:aws:iam::222222222222:role/*');

    expect(
      dependencies((mount) => {
        declare(mount);
        role(mount, wildcard);
      }),
    ).toEqual([]);
  });
});

test('the mount knows what Vault may look up and which roles it may assume, for its IAM policy', () => {
  let tasks: readonly AwsTask[] = [];
  synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    declare(mount);
    tasks = tasksOf(mount);
  });

  expect(tasks).toEqual([{ assumeRole: ROLE }]);
});

describe('the wait for a new key', () => {
  const environmentWith = (...principals: BoundPrincipal[]) => {
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
      const { credentials } = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
      const sts = { url: 'https://sts.local', region: 'eu-central-1' };
      new AwsAuthClient(stack, 'client', { mount, credentials, endpoints: { sts } });
      const accountId = '222222222222';
      new StsRole(stack, 'sts', { mount, accountId, roleArn: ROLE, externalId: 'a/b' });
      new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals: principals });
    });
    const waits = Object.values(resource.terraform_data!).filter(({ provisioner }) => provisioner);
    return (waits[0]!.provisioner as { 'local-exec': { environment: object } }[])[0]!['local-exec']
      .environment;
  };
  const foreign = BoundPrincipal.arn('arn:aws:iam::222222222222:role/app');

  test('tries to assume the role if the key may do nothing else', () => {
    expect(environmentWith(foreign)).toMatchObject({
      LOOK_UP: 'nothing',
      ASSUME_ROLE: ROLE,
      EXTERNAL_ID: 'a/b',
      STS_ENDPOINT: 'https://sts.local',
      STS_REGION: 'eu-central-1',
    });
  });

  test('tries only a look-up if the key may do one', () => {
    expect(Object.keys(environmentWith(foreign, BoundPrincipal.user('alice'))).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_PARTITION',
      'AWS_SECRET_ACCESS_KEY',
      'LOOK_UP',
    ]);
  });
});
