import { resolve } from 'node:path';
import { execa } from 'execa';
import { Directory, groupsStack } from '../support/groups';
import { GUIDE, TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.mustSucceed('destroy', '-input=false', '-auto-approve'));

async function access(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await execa(
    resolve(__dirname, '../../../bin/vault-aws-auth.js'),
    ['access', '--state', '--json', ...args],
    {
      env: {
        ...sandbox.env,
        CDKTF_OUTDIR: sandbox.folder.cdkOut,
        TERRAFORM_BINARY_NAME: sandbox.record.parts.terraform.path,
      },
      reject: false,
    },
  );
  // On a slow machine it says what it waits for.
  return { exitCode, stdout, stderr: stderr.replace(/^.* show -json in .* …$/gm, '').trim() };
}

test('the state of a deployed stack says who can do what now, and no secret', async () => {
  await sandbox.apply(GUIDE);
  const caller = 'arn:aws:iam::123456789012:user/dev_account';
  const { exitCode, stdout, stderr } = await access('--principal', caller, '--path', 'secret/data/app');

  expect([exitCode, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({
    from: 'state',
    sources: ['vault-aws-auth'],
    rows: [
      {
        principal: 'all IAM users of 123456789012',
        through: 'role dev_role at auth/aws_test',
        paths: [{ capabilities: ['create', 'read', 'update', 'delete', 'list'] }],
        conditions: [],
      },
    ],
  });
  const { values } = JSON.parse((await sandbox.terraform('show', '-json')).output) as {
    values: { outputs: { test_user_secret_access_key: { value: string } } };
  };
  expect((await access()).stdout).not.toContain(values.outputs.test_user_secret_access_key.value);
});

test('the people that it says groups are for get their policies of Vault, and nobody else', async () => {
  const directory = new Directory(sandbox);
  const users = {
    alice: await directory.user('alice'),
    bob: await directory.user('bob', '/teams/nested/'),
  };
  await directory.user('carol');
  await directory.group('developers', 'alice', 'bob');
  await directory.group('operators', 'bob');
  await sandbox.applyStack(groupsStack(sandbox, { developers: ['developer'], operators: ['operator'] }));
  const said = async (user: string) => {
    const { stdout } = await access('--principal', `arn:aws:iam::123456789012:user/${user}`);
    const { rows } = JSON.parse(stdout) as {
      rows: { role?: string; policies: string[]; conditions: string[] }[];
    };
    expect(rows.flatMap(({ conditions }) => conditions)).toEqual([]);
    return { rows: rows.length, policies: rows.flatMap(({ policies }) => policies).sort() };
  };

  expect(await said('alice')).toEqual({
    rows: 2,
    policies: (await directory.logIn(users.alice)).identity_policies,
  });
  expect(await said('teams/nested/bob')).toEqual({
    rows: 3,
    policies: (await directory.logIn(users.bob)).identity_policies,
  });
  expect(await said('carol')).toEqual({ rows: 0, policies: [] });
});

test('where terraform is not there, that is said', async () => {
  const { exitCode, stderr } = await execa(
    resolve(__dirname, '../../../bin/vault-aws-auth.js'),
    ['access', '--state'],
    {
      env: { CDKTF_OUTDIR: sandbox.folder.cdkOut, TERRAFORM_BINARY_NAME: 'no-such-terraform' },
      reject: false,
    },
  );

  expect(exitCode).toBe(1);
  expect(stderr).toContain("can't be read: there is no no-such-terraform: put it into PATH");
});
