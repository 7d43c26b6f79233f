import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { GUIDE, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  sandbox.synth(GUIDE);
  folder = join(sandbox.folder.cdkOut, 'stacks/vault-aws-auth');
  await sandbox.init();
  await sandbox.mustSucceed('plan', '-input=false', '-out=plan');
});
afterAll(() => sandbox.stop());

const review = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', 'bin/vault-aws-auth.ts', 'review', ...args],
    {
      env: { ...sandbox.env, TERRAFORM_BINARY_NAME: sandbox.record.parts.terraform.path, ...env },
      input: '',
      reject: false,
    },
  );
  return { exitCode, stdout, stderr };
};

test('a plan file is shown by Terraform in its own folder, and named after its stack', async () => {
  const { exitCode, stdout } = await review([join(folder, 'plan'), '--format', 'sarif', '--fail-on', 'high']);

  expect(exitCode).toBe(2);
  expect(stdout).toContain('"plan": "vault-aws-auth"');
  expect(stdout).toContain(
    'all IAM users of 123456789012 gain create, read, update, delete and list on secret/data/*',
  );
});

test('one that Terraform is not there for, or whose folder is not initialised, is an error that says what to do', async () => {
  const plan = join(folder, 'plan');
  const none = await review([plan], { TERRAFORM_BINARY_NAME: 'no-such-cli' });
  renameSync(join(folder, '.terraform'), join(folder, 'elsewhere'));
  const fresh = await review([plan]);
  renameSync(join(folder, 'elsewhere'), join(folder, '.terraform'));

  expect([none.exitCode, none.stdout]).toEqual([1, '']);
  expect(none.stderr).toContain("can't be read: there is no no-such-cli: put it into PATH");
  expect([fresh.exitCode, fresh.stdout]).toEqual([1, '']);
  expect(fresh.stderr).toMatch(/neither its folder nor this one is initialised: run `.*terraform init`/);
});

test('one that the CLI refuses is an error with its cause', async () => {
  const foreign = await review([join(folder, 'plan')], { TERRAFORM_BINARY_NAME: process.execPath });

  expect([foreign.exitCode, foreign.stdout]).toEqual([1, '']);
  expect(foreign.stderr).toContain("can't be shown by");
});
