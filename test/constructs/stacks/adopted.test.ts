import { Testing } from 'cdktf';
import { unneededActions } from '../../../lib/constructs/aws';
import { type Adopted, checkStack, type Settings, VaultAwsAuthStack } from '../../../lib/constructs/stacks';
import { declaredLogin } from '../../../lib/operate/declared';
import { BoundPrincipal } from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import type { Synthesized } from '../../support/stack';

const vault = { address: 'https://vault.example.com:8200' };

const synthesizeStack = (settings: Partial<Settings>) =>
  JSON.parse(
    Testing.synth(new VaultAwsAuthStack(testApp(), 'vault-aws-auth', { vault, ...settings })),
  ) as Synthesized & { import?: unknown };

const adopt = (adopted: Adopted, settings: Partial<Settings> = {}) =>
  synthesizeStack({ ...settings, adopt: adopted });

const problemsOf = (adopted: Adopted) => checkStack({ vault, adopt: adopted }).problems;

describe('an adopted stack', () => {
  test('has import blocks', () => {
    const imports = [{ to: 'vault_auth_backend.mount', id: 'aws_test' }];

    expect(adopt({ imports }).import).toEqual(imports);
  });

  test('has none when they are taken out', () => {
    expect(adopt({})).not.toHaveProperty('import');
  });

  test('leaves alone what an import can not fill in', () => {
    const { resource } = adopt({});

    expect(resource.vault_auth_backend!.mount!.lifecycle).toEqual({
      ignore_changes: ['disable_remount', 'tune'],
    });
    for (const user of ['vault_user', 'test_user']) {
      expect(resource.aws_iam_user![user]!.lifecycle).toEqual({ ignore_changes: ['force_destroy'] });
    }
  });

  test('describes the mount, the users and the policy as they are', () => {
    const { resource } = adopt({
      mount: { description: 'ours' },
      vaultUser: { tags: { team: 'a' }, permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary' },
      testUser: { tags: { team: 'b' } },
      iamPolicy: {
        document: { Version: '2012-10-17', Statement: [] },
        description: 'for Vault',
        path: '/vault/',
        tags: { team: 'c' },
      },
      client: { maxRetries: 3 },
    });

    expect(resource.vault_auth_backend!.mount).toMatchObject({ description: 'ours' });
    expect(resource.aws_iam_user).toMatchObject({
      vault_user: { tags: { team: 'a' }, permissions_boundary: 'arn:aws:iam::123456789012:policy/boundary' },
      test_user: { tags: { team: 'b' } },
    });
    expect(resource.aws_iam_policy!.vault_user_policy_D29D7378).toEqual({
      name: 'VaultAuthUser',
      path: '/vault/',
      description: 'for Vault',
      policy: '{"Version":"2012-10-17","Statement":[]}',
      tags: { team: 'c' },
    });
    expect(resource.vault_aws_auth_backend_client!.client).toMatchObject({ max_retries: 3 });
  });

  test('writes variables of AWS unchanged, and not as expressions of Terraform', () => {
    const document = { Statement: { Effect: 'Deny', Action: '*', Resource: 'user/${aws:username}' } };
    const { resource } = adopt({ iamPolicy: { description: '', document } });

    expect(resource.aws_iam_policy!.vault_user_policy_D29D7378!.policy).toContain('user/$${aws:username}');
  });

  test('that keeps the access key never writes nor destroys it, and waits for none', () => {
    const { resource } = adopt(
      { client: { keepsAccessKey: true } },
      { login: { boundPrincipals: [BoundPrincipal.user('alice')] } },
    );
    const client = resource.vault_aws_auth_backend_client!.client!;

    expect(client).not.toHaveProperty('access_key');
    expect(client).not.toHaveProperty('secret_key');
    expect(client.lifecycle).toEqual({
      ignore_changes: ['access_key', 'secret_key'],
      prevent_destroy: true,
    });
    expect(resource).not.toHaveProperty('terraform_data');
  });

  test('refuses the import of what the stack does not have', () => {
    expect(
      problemsOf({
        imports: [
          { to: 'aws_iam_user.test_user', id: 'a' },
          { to: 'aws_iam_user.nobody', id: 'b' },
        ],
      }),
    ).toEqual([
      "[vault-aws-auth] adopt.imports[1].to: the stack has no such address; got 'aws_iam_user.nobody'",
    ]);
  });
});

describe('an adopted IAM policy', () => {
  const allow = (...Action: string[]) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const widthOf = (document: object) =>
    checkStack({ vault, adopt: { iamPolicy: { description: '', document } } }).warnings.filter(
      ({ id }) => id === 'iam-policy-wide',
    );

  test('is warned of if it allows more than the roles need', () => {
    expect(widthOf(allow('iam:GetUser', 'iam:GetRole', 'ec2:DescribeInstances'))).toEqual([
      {
        id: 'iam-policy-wide',
        path: 'vault-aws-auth/vault_user',
        message:
          "adopt.iamPolicy.document: Vault's IAM user may do more than the declared roles need, remove the document to narrow it; got ec2:DescribeInstances, iam:GetRole",
      },
    ]);
  });

  test('is not warned of if it allows what they need', () => {
    expect(widthOf(allow('iam:getuser'))).toEqual([]);
  });

  test('allows what they need if its document is removed, and keeps its description', () => {
    const { resource } = adopt({ iamPolicy: { description: 'for Vault' } });

    expect(resource.aws_iam_policy!.vault_user_policy_D29D7378).toMatchObject({
      description: 'for Vault',
      policy: expect.stringContaining('"iam:GetUser"') as string,
    });
  });

  test.each<[string, object, string[]]>([
    ['one statement alone', { Statement: { Effect: 'Allow', Action: 'iam:*' } }, ['iam:*']],
    ['all actions but some', { Statement: [{ Effect: 'Allow', NotAction: ['s3:*'] }] }, ['all but s3:*']],
    ['a denial, which widens nothing', { Statement: [{ Effect: 'Deny', Action: 'iam:GetRole' }] }, []],
    ['no statement', {}, []],
  ])('is read with %s', (_, document, expected) => {
    expect(unneededActions(document, ['look-up-users'])).toEqual(expected);
  });
});

describe('policies that are in Vault already', () => {
  const login = { policy: false, otherPolicies: ['default', 'ops'] } as const;

  test('stay names with the role', () => {
    const { resource } = synthesizeStack({ login });

    expect(resource.vault_aws_auth_backend_role!.role!.token_policies).toEqual(['default', 'ops']);
    expect(resource).not.toHaveProperty('vault_policy');
  });

  test('are added to the stack’s own', () => {
    const { resource } = synthesizeStack({ login: { otherPolicies: ['ops'] } });

    expect(resource.vault_aws_auth_backend_role!.role!.token_policies).toEqual([
      '${vault_policy.policy.name}',
      'ops',
    ]);
  });

  test('are what a login must have, except the one that Vault adds by itself', () => {
    expect(declaredLogin({ vault, login }).policies).toEqual([{ name: 'ops', rules: [] }]);
  });
});
