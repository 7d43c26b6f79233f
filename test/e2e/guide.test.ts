import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateUserCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListPoliciesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { GUIDE, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.apply();
});
afterAll(() => sandbox.stop());

test('the same settings plan no change the second time', async () => {
  sandbox.synth();

  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('the state is readable for its owner only', () => {
  expect(statSync(join(sandbox.folder.path, 'state')).mode & 0o077).toBe(0);
});

describe('the key that Vault holds', () => {
  const vaultKey = async () => {
    const state = JSON.parse(await sandbox.mustSucceed('show', '-json')) as {
      values: { root_module: { resources: { address: string; values: { id: string; secret: string } }[] } };
    };
    const { values } = state.values.root_module.resources.find(({ address }) =>
      address.startsWith('aws_iam_access_key.vault_user'),
    )!;
    return { accessKeyId: values.id, secretAccessKey: values.secret };
  };

  test('may look a user up', async () => {
    const { User } = await sandbox
      .iam(await vaultKey())
      .send(new GetUserCommand({ UserName: 'dev_account' }));

    expect(User!.UserName).toBe('dev_account');
  });

  test.each([
    ['make a user', new CreateUserCommand({ UserName: 'intruder' })],
    ['list users', new ListUsersCommand({})],
    ['see keys', new ListAccessKeysCommand({ UserName: 'dev_account' })],
  ])('may not %s', async (_, command) => {
    await expect(sandbox.iam(await vaultKey()).send(command as ListUsersCommand)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('a value changed by hand in Vault', () => {
  test.each<[string, string, object, string, string, unknown]>([
    [
      'a role’s policies',
      'auth/aws_test/role/dev_role',
      { token_policies: ['root-like'] },
      'token_policies',
      'root-like',
      ['dev_policy'],
    ],
    [
      'a role’s binds',
      'auth/aws_test/role/dev_role',
      { bound_iam_principal_arn: 'arn:aws:iam::999999999999:user/*' },
      'bound_iam_principal_arn',
      '999999999999',
      ['arn:aws:iam::123456789012:user/*'],
    ],
    [
      'the server ID header',
      'auth/aws_test/config/client',
      { iam_server_id_header_value: 'elsewhere' },
      'iam_server_id_header_value',
      'elsewhere',
      '127.0.0.1',
    ],
    [
      'the policy',
      'sys/policies/acl/dev_policy',
      { policy: 'path "secret/*" { capabilities = ["sudo"] }' },
      'policy',
      'sudo',
      expect.not.stringContaining('sudo'),
    ],
  ])('is seen by the plan and repaired: %s', async (_, path, change, field, seen, repaired) => {
    await sandbox.vault('POST', path, change);

    expect(await sandbox.plannedChanges()).toContain(seen);

    await sandbox.apply();
    const { data } = await sandbox.vault<{ data: Record<string, unknown> }>('GET', path);
    expect(data[field]).toEqual(repaired);
    expect(await sandbox.plannedChanges()).toBeUndefined();
  });
});

test('settings of another name replace what had the old one', async () => {
  await sandbox.apply({ ...GUIDE, login: { role: { roleName: 'other_role' } } });

  const { data } = await sandbox.vault<{ data: { keys: string[] } }>('GET', 'auth/aws_test/role?list=true');
  expect(data.keys).toEqual(['other_role']);
});

test('destroy leaves neither a mount, a policy, a user nor a key', async () => {
  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');

  const mounts = await sandbox.vault('GET', 'sys/auth');
  expect(mounts).not.toHaveProperty('aws_test/');
  const policies = await sandbox.vault<{ data: { keys: string[] } }>('GET', 'sys/policies/acl?list=true');
  expect(policies.data.keys).not.toContain('dev_policy');
  const { Users } = await sandbox.iam().send(new ListUsersCommand({}));
  expect(Users!.map(({ UserName }) => UserName)).toEqual(['administrator']);
  const { Policies } = await sandbox.iam().send(new ListPoliciesCommand({ Scope: 'Local' }));
  expect(Policies!.map(({ PolicyName }) => PolicyName)).toEqual(['administrator']);
});
