import { type AwsTask, VaultIamUser } from '../../../lib/constructs/aws';
import { AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../../lib/constructs/vault';
import { problemsOf, synthesize } from '../../support/stack';

const documentFor = (...permissionsFor: AwsTask[]): unknown => {
  const { resource } = synthesize((stack) => new VaultIamUser(stack, 'vault_user', { permissionsFor }));
  return JSON.parse(Object.values(resource.aws_iam_policy!)[0]!.policy as string);
};

describe('what Vault may do in AWS', () => {
  test('is to look users up if users are bound', () => {
    expect(documentFor('look-up-users')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'LookUpUsers', Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }],
    });
  });

  test('is to look roles up too if both are bound, each once', () => {
    expect(documentFor('look-up-users', 'look-up-roles', 'look-up-users')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'LookUpRoles', Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' },
        { Sid: 'LookUpUsers', Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' },
      ],
    });
  });

  test('is to see instances and their profiles, and to assume only the roles of other accounts', () => {
    const billing = 'arn:aws:iam::222222222222:role/vault';
    const sales = 'arn:aws:iam::333333333333:role/vault';

    expect(
      documentFor(
        { assumeRole: sales },
        'read-instance-profiles',
        'describe-instances',
        { assumeRole: billing },
        { assumeRole: sales },
      ),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'DescribeInstances', Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' },
        { Sid: 'ReadInstanceProfiles', Effect: 'Allow', Action: 'iam:GetInstanceProfile', Resource: '*' },
        {
          Sid: 'LookUpInOtherAccounts',
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Resource: [billing, sales],
        },
      ],
    });
  });

  test('can be known later than the user is declared', () => {
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
      new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'app',
        boundPrincipals: [BoundPrincipal.role('app')],
      });
    });

    expect(Object.values(resource.aws_iam_policy!)[0]!.policy).toContain('iam:GetRole');
  });

  test('is only what AWS allows to everybody if nothing is looked up, because AWS refuses an empty policy', () => {
    expect(documentFor()).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'NothingToLookUp', Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' },
      ],
    });
  });
});

describe('the names', () => {
  test('are the guide’s by default', () => {
    const { resource } = synthesize(
      (stack) => new VaultIamUser(stack, 'vault_user', { permissionsFor: ['look-up-users'] }),
    );

    expect(resource.aws_iam_user).toEqual({ vault_user: { name: 'vault_auth', path: '/' } });
    expect(Object.values(resource.aws_iam_policy!)[0]).toMatchObject({ name: 'VaultAuthUser', path: '/' });
  });

  test('are all checked', () => {
    const problems = problemsOf(
      (stack) =>
        new VaultIamUser(stack, 'vault_user', {
          permissionsFor: ['look-up-users'],
          userName: 'vault auth',
          path: 'teams',
          policyName: '',
        }),
    );

    expect(problems).toEqual([
      "[stack/vault_user] userName: an IAM user name must be 1 to 64 letters, digits or any of _+=,.@-; got 'vault auth'",
      "[stack/vault_user] path: an IAM path must be '/' alone, or parts with one '/' around each, without ':' and '*'; got 'teams'",
      "[stack/vault_user] policyName: an IAM policy name must be 1 to 128 letters, digits or any of _+=,.@-; got ''",
    ]);
  });
});

describe('the generation of the access key', () => {
  const declare =
    (accessKeyGeneration?: number) => (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) =>
      void new VaultIamUser(stack, 'vault_user', { permissionsFor: [], accessKeyGeneration });

  test('replaces the key when the tag of the user changes, the new one first', () => {
    const { resource } = synthesize(declare(2));

    expect(resource.aws_iam_user!.vault_user!.tags).toEqual({ 'vault-key-generation': '2' });
    expect(Object.values(resource.aws_iam_access_key!)[0]!.lifecycle).toMatchObject({
      create_before_destroy: true,
      replace_triggered_by: ['aws_iam_user.vault_user.tags["vault-key-generation"]'],
    });
  });

  test('is written nowhere if it is not given', () => {
    expect(JSON.stringify(synthesize(declare()))).not.toMatch(/generation|lifecycle/);
  });

  test.each([0, 1.5, -1, NaN])('is refused: %d', (generation) => {
    expect(problemsOf(declare(generation))).toEqual([
      `[stack/vault_user] accessKeyGeneration: must be a whole number from 1, known at synth; got ${generation}`,
    ]);
  });
});

describe('a user that is there already', () => {
  test('gets the policy and a key, and is only read', () => {
    const { resource, data } = synthesize((stack) => {
      new VaultIamUser(stack, 'vault_user', {
        permissionsFor: ['look-up-users'],
        userName: 'vault',
        existing: true,
      });
    });

    expect(Object.keys(resource).sort()).toEqual([
      'aws_iam_access_key',
      'aws_iam_policy',
      'aws_iam_user_policy_attachment',
    ]);
    expect(data!.aws_iam_user).toMatchObject({ vault_user: { user_name: 'vault' } });
    expect(Object.values(resource.aws_iam_access_key!)).toEqual([{ user: 'vault' }]);
  });

  test('can have nothing that is written to the user', () => {
    expect(
      problemsOf((stack) => {
        new VaultIamUser(stack, 'vault_user', {
          permissionsFor: [],
          existing: true,
          accessKeyGeneration: 1,
          permissionsBoundary: 'arn:aws:iam::123456789012:policy/bound',
        });
      }),
    ).toEqual([
      '[stack/vault_user] accessKeyGeneration: an existing user is not changed, so it can have none; leave it out',
      '[stack/vault_user] permissionsBoundary: an existing user is not changed, so it can have none; leave it out',
    ]);
  });
});
