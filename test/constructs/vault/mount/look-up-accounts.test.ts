import type { TerraformStack } from 'cdktf';
import { lookUpsOf, tasksOf } from '../../../../lib/constructs/aws/aws-tasks';
import { VaultIamRole, VaultIamUser } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
  StsRole,
} from '../../../../lib/constructs/vault';
import { testApp } from '../../../support/app';
import { emptyStack, lateText } from '../../../support/stack';

const OTHER = '222222222222';
const THIRD = '333333333333';
const roleIn = (account: string) => `arn:aws:iam::${account}:role/app`;
const profileIn = (account: string) => `arn:aws:iam::${account}:instance-profile/app`;
const AMI = ['ami-01234567'];

type Declare = (mount: AwsAuthMount, stack: TerraformStack) => void;

const iam =
  (...principals: ((stack: TerraformStack) => BoundPrincipal)[]): Declare =>
  (mount, stack) =>
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'app',
      boundPrincipals: principals.map((principal) => principal(stack)),
    });
const ec2 =
  (binds: Partial<ConstructorParameters<typeof Ec2AuthRole>[2]>): Declare =>
  (mount, stack) =>
    new Ec2AuthRole(stack, 'role', { mount, roleName: 'app', ...binds });
const inferred =
  (binds: Partial<ConstructorParameters<typeof InferredAuthRole>[2]>): Declare =>
  (mount, stack) =>
    new InferredAuthRole(stack, 'role', { mount, roleName: 'app', inferredRegion: 'eu-west-1', ...binds });

/** Whose look-ups they are, if Vault's identity is in the stack's account and there are STS roles for two others. */
function neededFor(declare: Declare): Record<string, string[]> {
  const app = testApp();
  const stack = emptyStack(app, 'vault');
  const mount = new AwsAuthMount(stack, 'mount');
  const { credentials } = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
  new AwsAuthClient(stack, 'client', { mount, credentials });
  for (const accountId of [OTHER, THIRD]) {
    new StsRole(stack, `sts_${accountId}`, { mount, accountId, roleArn: roleIn(accountId) });
  }
  declare(mount, stack);
  return { own: lookUpsOf(mount), other: lookUpsOf(mount, OTHER), third: lookUpsOf(mount, THIRD) };
}

const USERS = ['look-up-users'];
const ROLES = ['look-up-roles'];
const INSTANCES = ['describe-instances'];
const PROFILES = ['describe-instances', 'read-instance-profiles'];
const both = (lookUps: string[]) => ({ own: lookUps, other: lookUps, third: lookUps });

test.each<[string, Declare, Partial<Record<'own' | 'other' | 'third', string[]>>]>([
  ['a user of the stack’s account', iam(() => BoundPrincipal.user('alice')), { own: USERS }],
  ['all users of the stack’s account', iam(() => BoundPrincipal.allUsers()), { own: USERS }],
  ['a role that the plan looks up', iam(() => BoundPrincipal.roleFromLookup('app')), { own: ROLES }],
  ['a role of a trusted account', iam(() => BoundPrincipal.arn(roleIn(OTHER))), { other: ROLES }],
  [
    'principals of three accounts',
    iam(
      () => BoundPrincipal.user('alice'),
      () => BoundPrincipal.arn(roleIn(OTHER)),
      () => BoundPrincipal.arn(`arn:aws:iam::${THIRD}:user/*`),
    ),
    { own: USERS, other: ROLES, third: USERS },
  ],
  [
    'a permission set of a trusted account',
    iam(() => BoundPrincipal.permissionSet({ name: 'Developer', region: 'eu-west-1', account: OTHER })),
    { other: ROLES },
  ],
  [
    'an account that is known only at apply, which may be any',
    iam((stack) => BoundPrincipal.arn(`arn:aws:iam::${lateText(stack, 'account')}:user/alice`)),
    both(USERS),
  ],
  [
    'an ARN that is known only at apply',
    iam((stack) => BoundPrincipal.arn(lateText(stack, 'arn'), 'role')),
    both(ROLES),
  ],
  ['instances of any account', ec2({ boundAmiIds: AMI }), both(INSTANCES)],
  [
    'instances of a trusted account',
    ec2({ boundAmiIds: AMI, boundAccountIds: [OTHER] }),
    { other: INSTANCES },
  ],
  [
    'instances of accounts, one of them Vault’s own',
    ec2({ boundAccountIds: ['111111111111', OTHER] }),
    { own: INSTANCES, other: INSTANCES },
  ],
  ['instances by their role', ec2({ boundIamRoleArns: [roleIn(OTHER)] }), { other: PROFILES }],
  ['instances by their profile', ec2({ boundInstanceProfileArns: [profileIn(THIRD)] }), { third: INSTANCES }],
  [
    'instances by two lists, which both limit the account',
    ec2({ boundAccountIds: [OTHER, THIRD], boundIamRoleArns: [roleIn(THIRD)] }),
    { third: PROFILES },
  ],
  [
    'instances that are inferred from roles of a trusted account',
    inferred({ boundPrincipals: [BoundPrincipal.arn(roleIn(OTHER))], resolveAwsUniqueIds: false }),
    { other: INSTANCES },
  ],
  [
    'instances that are inferred from a role of the stack’s account',
    inferred({ boundPrincipals: [BoundPrincipal.role('app')], boundAmiIds: AMI }),
    { own: [...INSTANCES, ...ROLES] },
  ],
  ['instances that are inferred from anybody', inferred({ boundAmiIds: AMI }), both(INSTANCES)],
])('each look-up is granted only in its account: %s', (_, declare, needed) => {
  expect(neededFor(declare)).toEqual({ own: [], other: [], third: [], ...needed });
});

test('an account in a list that is known only at apply may be any', () => {
  expect(
    neededFor((mount, stack) => ec2({ boundAccountIds: [lateText(stack, 'account')] })(mount, stack)),
  ).toEqual(both(INSTANCES));
});

test('Vault’s own identity may assume the role of each trusted account, and look up nothing there', () => {
  const stack = emptyStack(testApp(), 'vault');
  const mount = new AwsAuthMount(stack, 'mount');
  new StsRole(stack, 'sts', { mount, accountId: OTHER, roleArn: roleIn(OTHER) });
  iam(() => BoundPrincipal.arn(roleIn(OTHER)))(mount, stack);

  expect(tasksOf(mount)).toEqual([{ assumeRole: roleIn(OTHER) }]);
});

test.each<[string, (stack: TerraformStack, mount: AwsAuthMount) => void, string[]]>([
  [
    'if Vault’s role is made in the stack',
    (stack, mount) => {
      const { credentials } = new VaultIamRole(stack, 'vault_role', {
        permissionsFor: mount,
        trusted: ['ec2'],
      });
      new AwsAuthClient(stack, 'client', { mount, credentials });
    },
    [],
  ],
  [
    'unless nobody knows where Vault’s identity is',
    (stack, mount) => new AwsAuthClient(stack, 'client', { mount, credentials: { ambient: true } }),
    USERS,
  ],
])('a look-up role has no look-up of the stack’s account, %s', (_, declareClient, needed) => {
  const stack = emptyStack(testApp(), 'vault');
  const mount = new AwsAuthMount(stack, 'mount');
  declareClient(stack, mount);
  iam(() => BoundPrincipal.user('alice'))(mount, stack);

  expect(lookUpsOf(mount, OTHER)).toEqual(needed);
});
