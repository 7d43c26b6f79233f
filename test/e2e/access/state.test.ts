import { resolve } from 'node:path';
import { execa } from 'execa';
import { GUIDE, TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.apply(GUIDE);
}, 240_000);
afterAll(() => sandbox.stop());

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
  return { exitCode, stdout, stderr };
}

test('the state of a deployed stack says who can do what now, and no secret', async () => {
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
