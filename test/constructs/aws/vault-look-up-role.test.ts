import type { TerraformStack } from 'cdktf';
import {
  trustedAccount,
  type TrustedAccountProps,
  VaultLookUpRole,
  type VaultLookUpRoleProps,
} from '../../../lib/constructs/aws';
import { AwsAuthMount, BoundPrincipal, IamAuthRole, StsRole } from '../../../lib/constructs/vault';
import { check } from '../../../lib/constructs/checks';
import { testApp } from '../../support/app';
import { emptyStack, preconditionsOf, problemsOf, synthesize } from '../../support/stack';

const VAULT = 'arn:aws:iam::111111111111:user/vault_auth';
const declare = (
  stack: TerraformStack,
  account: Partial<TrustedAccountProps> = {},
  props: Partial<VaultLookUpRoleProps> = {},
) =>
  new VaultLookUpRole(stack, 'role', {
    account: trustedAccount({ accountId: '222222222222', ...account }),
    vaultIdentityArn: VAULT,
    permissionsFor: ['look-up-roles', { assumeRole: 'arn:aws:iam::333333333333:role/other' }],
    ...props,
  });

describe('the role in a trusted account', () => {
  const { resource } = synthesize((stack) => declare(stack, { externalId: 'vault/1', path: '/security/' }));
  const role = resource.aws_iam_role!.role!;

  test('lets one identity in, and asks for the external ID', () => {
    expect(JSON.parse(role.assume_role_policy as string)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'VaultLooksUp',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'sts:AssumeRole',
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': VAULT },
            StringEquals: { 'sts:ExternalId': 'vault/1' },
          },
        },
      ],
    });
  });

  test('may look up what the tasks say, and become no other role', () => {
    const [policy] = Object.values(resource.aws_iam_role_policy!);

    expect((JSON.parse(policy!.policy as string) as { Statement: unknown }).Statement).toEqual([
      { Sid: 'LookUpRoles', Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' },
    ]);
  });

  test('is made with credentials of its account only', () => {
    expect(preconditionsOf(role)).toEqual([
      [
        '${(data.aws_caller_identity.caller.account_id == "222222222222")}',
        "account: the credentials must be of account 222222222222; got '${data.aws_caller_identity.caller.account_id}'",
      ],
    ]);
  });
});

test('without an external ID the trust policy asks for none', () => {
  const { resource } = synthesize((stack) => declare(stack));

  expect(resource.aws_iam_role!.role!.assume_role_policy).not.toContain('sts:ExternalId');
});

test('it may look up what the mount of the same app needs, declared after', () => {
  const app = testApp();
  const vault = emptyStack(app, 'vault');
  const mount = new AwsAuthMount(vault, 'mount');
  const stack = emptyStack(app, 'account');
  declare(stack, {}, { permissionsFor: mount });
  const boundPrincipals = [BoundPrincipal.arn('arn:aws:iam::222222222222:user/*')];
  new IamAuthRole(vault, 'role', { mount, roleName: 'app', boundPrincipals });

  const { resource } = stack.toTerraform() as {
    resource: Record<string, Record<string, { policy: string }>>;
  };
  expect(Object.values(resource.aws_iam_role_policy!)[0]!.policy).toContain('"iam:GetUser"');
});

test('the names of an account are what a StsRole takes', () => {
  const account = trustedAccount({ accountId: '222222222222', path: '/security/', externalId: 'vault/1' });
  const { resource } = synthesize(
    (stack) => new StsRole(stack, 'sts', { mount: new AwsAuthMount(stack, 'mount'), ...account }),
  );

  expect(resource.vault_aws_auth_backend_sts_role!.sts).toMatchObject({
    account_id: '222222222222',
    sts_role: 'arn:aws:iam::222222222222:role/security/vault-looks-up',
    external_id: 'vault/1',
  });
});

describe('it is refused', () => {
  test.each<[string, Partial<TrustedAccountProps>, string]>([
    [
      'without account',
      { accountId: '' },
      "account.accountId: must be an account's 12 digits, known at synth; got ''",
    ],
    [
      'with an invalid name',
      { roleName: 'vault looks' },
      "account.roleName: an IAM role name must be 1 to 64 letters, digits or any of _+=,.@-; got 'vault looks'",
    ],
    [
      'with an invalid path',
      { path: 'security' },
      "account.path: an IAM path must be '/' alone, or parts with one '/' around each, without ':' and '*'; got 'security'",
    ],
    [
      'with a short external ID',
      { externalId: 'a' },
      "account.externalId: must be 2 to 1224 letters, digits or any of _+=,.@:/-; got 'a'",
    ],
  ])('%s', (_, account, message) => {
    expect(problemsOf((stack) => declare(stack, account))).toEqual([`[stack/role] ${message}`]);
  });

  test.each(['*', 'arn:aws:iam::111111111111:root', 'arn:aws:iam::111111111111:user/*'])(
    'if it would trust more than one identity: %s',
    (vaultIdentityArn) => {
      expect(problemsOf((stack) => declare(stack, {}, { vaultIdentityArn }))).toEqual([
        `[stack/role] vaultIdentityArn: must be the ARN of one IAM user or role, known at synth, because the role trusts only that one; got '${vaultIdentityArn}'`,
      ]);
    },
  );
});

test('an account twice', () => {
  const app = testApp();
  declare(emptyStack(app, 'one'));
  declare(emptyStack(app, 'two'));

  expect(check(app).problems).toEqual([
    "[two/role] look-up role 'arn:aws:iam::222222222222:role/vault-looks-up' is declared twice, each write would replace the other; it is already declared at 'one/role'",
  ]);
});
