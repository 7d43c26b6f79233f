import type { TerraformStack } from 'cdktf';
import { VaultIamUser } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  type IamAuthRoleProps,
  StsRole,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize } from '../../../support/stack';

const OWN = '111111111111';
const OTHER = '222222222222';
const APP = `arn:aws:iam::${OTHER}:role/app`;
const cannotLookUp = (own: string) =>
  `Vault can't look up in account ${OTHER}: its own account is ${own}, and the mount has no StsRole for account ${OTHER}; ` +
  'declare one, or bind by an ARN without wildcard and set resolveAwsUniqueIds: false';
const says = (place: string, bind: string) => `${place}: ${cannotLookUp(OWN)}; got '${bind}'`;

const bindTo = (mount: AwsAuthMount, arn: string, props: Partial<IamAuthRoleProps> = {}) =>
  new IamAuthRole(mount.node.scope!, 'role', {
    mount,
    roleName: 'app',
    boundPrincipals: [BoundPrincipal.arn(arn)],
    ...props,
  });
const trust = (mount: AwsAuthMount, accountId = OTHER) =>
  new StsRole(mount.node.scope!, 'sts', { mount, accountId, roleArn: `arn:aws:iam::${OTHER}:role/vault` });

describe('if Vault’s own account is a literal', () => {
  const problemsWith = (declare: (mount: AwsAuthMount, stack: TerraformStack) => void, ownAccountId = OWN) =>
    problemsOf((stack) => declare(new AwsAuthMount(stack, 'mount', { ownAccountId }), stack));

  test.each([APP, `arn:aws:iam::${OTHER}:user/*`])('a bind into another account is refused: %s', (arn) => {
    expect(problemsWith((mount) => bindTo(mount, arn))).toEqual([
      `[stack/role] ${says('boundPrincipals[0]', arn)}`,
    ]);
  });

  test('a wildcard is refused even if the role does not resolve', () => {
    const arn = `arn:aws:iam::${OTHER}:user/*`;

    expect(problemsWith((mount) => bindTo(mount, arn, { resolveAwsUniqueIds: false }))).toEqual([
      `[stack/role] ${says('boundPrincipals[0]', arn)}`,
    ]);
  });

  test('instances of another account are refused, by account, by profile and by role', () => {
    const profile = `arn:aws:iam::${OTHER}:instance-profile/web`;
    const problems = problemsWith(
      (mount, stack) =>
        new Ec2AuthRole(stack, 'role', {
          mount,
          roleName: 'web',
          boundAccountIds: [OWN, OTHER],
          boundInstanceProfileArns: [profile],
          boundIamRoleArns: [APP],
        }),
    );

    expect(problems).toEqual([
      `[stack/role] ${says('boundIamRoleArns[0]', APP)}`,
      `[stack/role] ${says('boundInstanceProfileArns[0]', profile)}`,
      `[stack/role] ${says('boundAccountIds[1]', OTHER)}`,
    ]);
  });

  test.each<[string, (mount: AwsAuthMount, stack: TerraformStack) => void]>([
    ['into its own', (mount) => bindTo(mount, `arn:aws:iam::${OWN}:role/app`)],
    ['into one with an STS role, declared before', (mount) => [trust(mount), bindTo(mount, APP)]],
    ['into one with an STS role, declared after', (mount) => [bindTo(mount, APP), trust(mount)]],
    ['that is not looked up', (mount) => bindTo(mount, APP, { resolveAwsUniqueIds: false })],
    [
      'if an STS role’s account is known only at apply',
      (mount, stack) => [bindTo(mount, APP), trust(mount, lateText(stack))],
    ],
  ])('a bind is taken %s', (_, declare) => {
    expect(problemsWith(declare)).toEqual([]);
  });

  test('the account must have 12 digits', () => {
    expect(problemsWith(() => {}, '11')).toEqual([
      "[stack/mount] ownAccountId: must be an account's 12 digits; got '11'",
    ]);
  });
});

describe('if this app makes Vault’s IAM user, Terraform checks a bind', () => {
  const checksOf = (declare: (mount: AwsAuthMount, client: () => void) => void, ownAccountId?: string) =>
    preconditionsOf(
      synthesize((stack) => {
        const mount = new AwsAuthMount(stack, 'mount', { ownAccountId });
        const { credentials } = new VaultIamUser(stack, 'user', { permissionsFor: mount });
        declare(mount, () => void new AwsAuthClient(stack, 'client', { mount, credentials }));
      }).resource.vault_aws_auth_backend_client!.client,
    );
  const CALLER = '${data.aws_caller_identity.caller.account_id}';

  test.each([true, false])('into another account (client declared first: %s)', (first) => {
    const checks = checksOf((mount, client) => {
      const parts = [client, () => bindTo(mount, APP)];
      (first ? parts : parts.toReversed()).forEach((part) => part());
    });

    expect(checks).toEqual([
      [
        '${contains([data.aws_caller_identity.caller.account_id], "222222222222")}',
        `${cannotLookUp(CALLER)}; bound by boundPrincipals[0] of 'stack/role' to '${APP}'`,
      ],
    ]);
  });

  test('once for each account, also if many roles are bound to it; the first five are named', () => {
    const checks = checksOf((mount, client) => {
      client();
      for (let index = 0; index < 7; index++) {
        new IamAuthRole(mount.node.scope!, `role_${index}`, {
          mount,
          roleName: `role_${index}`,
          boundPrincipals: [BoundPrincipal.arn(APP)],
        });
      }
    });

    expect(checks.map(([, message]) => message)).toEqual([
      `${cannotLookUp(CALLER)}; bound by ${[0, 1, 2, 3, 4]
        .map((index) => `boundPrincipals[0] of 'stack/role_${index}' to '${APP}'`)
        .join(', ')}, 2 more`,
    ]);
  });

  test('each account', () => {
    const checks = checksOf((mount, client) => {
      client();
      bindTo(mount, APP, {
        boundPrincipals: [BoundPrincipal.arn(APP), BoundPrincipal.arn('arn:aws:iam::333333333333:role/app')],
      });
    });

    expect(checks.map(([condition]) => condition)).toEqual([
      '${contains([data.aws_caller_identity.caller.account_id], "222222222222")}',
      '${contains([data.aws_caller_identity.caller.account_id], "333333333333")}',
    ]);
  });

  test('with the accounts of the STS roles, whenever they are declared', () => {
    const checks = checksOf((mount, client) => {
      client();
      bindTo(mount, APP);
      trust(mount);
    });

    expect(checks.map(([condition]) => condition)).toEqual([
      '${contains([data.aws_caller_identity.caller.account_id, "222222222222"], "222222222222")}',
    ]);
  });

  test('but not if it is not looked up', () => {
    expect(
      checksOf((mount, client) => {
        client();
        bindTo(mount, APP, { resolveAwsUniqueIds: false });
      }),
    ).toEqual([]);
  });

  test('but not if the literal own account says it', () => {
    expect(
      checksOf((mount, client) => {
        client();
        bindTo(mount, APP);
        trust(mount);
      }, OWN),
    ).toEqual([]);
  });
});

test('if another app makes Vault’s credentials, and nothing names their account, nothing is checked', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    new AwsAuthClient(stack, 'client', { mount, credentials: { ambient: true } });
    bindTo(mount, APP);
  });

  expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role)).toEqual([]);
});
