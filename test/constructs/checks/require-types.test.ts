import { App, TerraformStack } from 'cdktf';
import {
  SelfRotatingIamUser,
  TestUser,
  VaultIamRole,
  VaultIamUser,
  VaultLookUpRole,
} from '../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  IamGroups,
  InferredAuthRole,
  PeopleGroups,
  RoleTag,
  StsRole,
  VaultPolicy,
} from '../../../lib/constructs/vault';
import { problemsOf } from '../../support/stack';
import { EXAMPLES } from '../support/tables';

/** As JavaScript calls it: whatever is given is taken for props. */
type Untyped = new (scope: TerraformStack, id: string, props: unknown) => unknown;

const isMounted = (type: unknown) =>
  EXAMPLES.some(({ type: other, table }) => other === type && table.rows?.mount !== undefined) ||
  type === IamGroups ||
  type === PeopleGroups;

const refused = (type: unknown, props: object | undefined) => {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'stack');
  const mount = isMounted(type) ? { mount: new AwsAuthMount(stack, 'mount') } : {};
  try {
    new (type as Untyped)(stack, 'it', props && { ...mount, ...props });
    return 'taken';
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

describe('a value that the compiler would refuse is refused by its place:', () => {
  test.each<[string, unknown, object | undefined, string[]]>([
    ['no props', AwsAuthClient, undefined, ['props: must be an object; got none']],
    [
      'a mount',
      AwsAuthMount,
      {
        path: 5,
        local: 'true',
        tune: { maxLeaseTtl: '1h', listingVisibility: 'public', passthroughRequestHeaders: 'X-One' },
        identity: { iamAlias: 'unique', iamMetadata: ['account_id', 'arn'] },
        identityAccessListTidy: [],
      },
      [
        'path: must be a text; got a number',
        'local: must be true or false; got a text',
        'tune.maxLeaseTtl: must be a Duration; got a text',
        "tune.listingVisibility: must be 'unauth' or 'hidden'; got 'public'",
        'tune.passthroughRequestHeaders: must be a list; got a text',
        "identity.iamAlias: must be 'role_id' or 'unique_id' or 'full_arn' or 'canonical_arn'; got 'unique'; did you mean 'unique_id'?",
        "identity.iamMetadata[1]: must be 'account_id' or 'auth_type' or 'canonical_arn' or 'client_arn' or 'client_user_id' or 'inferred_aws_region' or 'inferred_entity_id' or 'inferred_entity_type' or 'inferred_hostname'; got 'arn'",
        'identityAccessListTidy: must be an object; got a list',
      ],
    ],
    [
      'a client configuration, whose secrets are not shown',
      AwsAuthClient,
      { credentials: 'wJalrXUtnFEMI', maxRetries: '3', endpoints: { sts: { url: 'https://sts.local' } } },
      [
        'endpoints.sts.region: must be a text; got none',
        'credentials: must be an object; got a text',
        'maxRetries: must be a number; got a text',
      ],
    ],
    [
      'its credentials',
      AwsAuthClient,
      { credentials: { accessKeyId: undefined, secretAccessKey: 12345 }, rotation: { period: 60 } },
      [
        'credentials.accessKeyId: must be a text; got none',
        'credentials.secretAccessKey: must be a text; got a number',
        'rotation.period: must be a Duration, such as Duration.hours(1), or a reference to a number; got a number',
      ],
    ],
    [
      'a role of type iam',
      IamAuthRole,
      {
        roleName: undefined,
        boundPrincipals: ['arn:aws:iam::123456789012:user/*'],
        policies: 'reader',
        tokenTtl: 3600,
        tokenType: 'bach',
        tokenNumUses: '5',
        resolveAwsUniqueIds: null,
        aliasMetadata: { team: 5 },
      },
      [
        'roleName: must be a text; got none',
        'boundPrincipals[0]: must be a BoundPrincipal; got a text',
        'resolveAwsUniqueIds: must be true or false; got null',
        'policies: must be a list; got a text',
        'tokenTtl: must be a Duration, such as Duration.hours(1), or a reference to a number; got a number',
        'tokenNumUses: must be a number; got a text',
        "tokenType: must be 'default' or 'service' or 'batch'; got 'bach'; did you mean 'batch'?",
        'aliasMetadata.team: must be a text; got a number',
      ],
    ],
    [
      'a role of type ec2',
      Ec2AuthRole,
      {
        roleName: 'web',
        boundAmiIds: [undefined],
        boundRegions: 'us-east-1',
        roleTag: 5,
        policies: [{ policyName: 'dev' }],
      },
      [
        'boundAmiIds[0]: must be a text; got none',
        'boundRegions: must be a list; got a text',
        'roleTag: must be a text; got a number',
        'policies[0]: must be a VaultPolicy; got an object',
      ],
    ],
    [
      'a role with inference',
      InferredAuthRole,
      { roleName: 'worker', boundVpcIds: ['vpc-01234567'] },
      ['inferredRegion: must be a text; got none'],
    ],
    [
      'a role tag',
      RoleTag,
      { role: 'web', maxTtl: '1h' },
      ['role: must be a construct; got a text', 'maxTtl: must be a Duration; got a text'],
    ],
    [
      'an STS role',
      StsRole,
      { accountId: 222222222222 },
      ['accountId: must be a text; got a number', 'roleArn: must be a text; got none'],
    ],
    [
      'a certificate',
      AwsCertificate,
      { certificateName: 'a', pem: Buffer.from(''), type: 'pem' },
      ['pem: must be a text; got an object', "type: must be 'pkcs7' or 'identity'; got 'pem'"],
    ],
    [
      'a policy',
      VaultPolicy,
      { policyName: undefined, rules: [{ path: 'a' }] },
      ['policyName: must be a text; got none', 'rules[0].capabilities: must be a list; got none'],
    ],
    [
      "Vault's IAM user",
      VaultIamUser,
      { permissionsFor: ['look-up-user', { assumeRoles: [] }], accessKeyGeneration: '2' },
      [
        "permissionsFor[0]: must be 'describe-instances' or 'look-up-roles' or 'look-up-users' or 'read-instance-profiles'; got 'look-up-user'; did you mean 'look-up-users'?",
        "permissionsFor[1]: must be 'describe-instances' or 'look-up-roles' or 'look-up-users' or 'read-instance-profiles'; got an object",
        'accessKeyGeneration: must be a number; got a text',
      ],
    ],
    [
      'an IAM user whose key Vault replaces',
      SelfRotatingIamUser,
      { userName: 5 },
      [
        'permissionsFor: must be a list; got none',
        'userName: must be a text; got a number',
        'rotation: must be a number; got none',
      ],
    ],
    [
      "Vault's IAM role",
      VaultIamRole,
      { permissionsFor: {}, trusted: ['lambda'] },
      [
        'permissionsFor: must be a list; got an object',
        "trusted[0]: must be 'ec2' or 'ecs-tasks' or 'eks-pod-identity'; got 'lambda'",
      ],
    ],
    [
      'an IAM role that is there',
      VaultIamRole,
      { permissionsFor: [], roleArn: undefined },
      ['roleArn: must be a text; got none'],
    ],
    ['a test user', TestUser, { path: null }, ['path: must be a text; got null']],
    [
      'a role to look up by',
      VaultLookUpRole,
      { account: '222222222222', permissionsFor: [] },
      ['account: must be an object; got a text', 'vaultIdentityArn: must be a text; got none'],
    ],
    ['a policy without rules', VaultPolicy, { policyName: 'a' }, ['rules: must be a list; got none']],
    [
      'IAM groups',
      IamGroups,
      { roleName: 'people', groups: { developers: 'dev' } },
      ['groups.developers: must be a list; got a text'],
    ],
    [
      'people',
      PeopleGroups,
      { roleName: 'people', permissionSets: ['Dev'], groups: { developers: ['alice'] } },
      [
        'permissionSets[0]: must be an object; got a text',
        'groups.developers: must be an object; got a list',
      ],
    ],
  ])('%s', (_, type, props, problems) => {
    expect(refused(type, props)).toEqual(problems.map((problem) => `  [stack/it] ${problem}`));
  });
});

test('a principal without a name is refused with its role, and is not one named undefined', () => {
  const none = undefined as unknown as string;
  const problems = [
    BoundPrincipal.user(none),
    BoundPrincipal.role(none),
    BoundPrincipal.arn(none),
    BoundPrincipal.userFromLookup(none),
    BoundPrincipal.permissionSet({ name: none, region: 'eu-central-1' }),
  ].map((principal) => principal['problems']);

  expect(problems.every((each) => each.length === 1)).toBe(true);
  expect(
    problemsOf((stack) => {
      new IamAuthRole(stack, 'role', {
        mount: new AwsAuthMount(stack, 'mount', { ownAccountId: undefined }),
        roleName: 'app',
        boundPrincipals: [BoundPrincipal.user(none)],
      });
    }),
  ).toEqual([
    "[stack/role] user: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got 'undefined'",
  ]);
});
