import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { GUIDE, TestSandbox } from './support/test-sandbox';

// What version 0.1.0 of this project wrote for the guide, with the addresses of Vault and of AWS to be filled in.
const GUIDE_0_1_0 = readFileSync(join(__dirname, 'fixtures/guide-0.1.0.tf.json'), 'utf8');

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  const { vault, aws, parts } = sandbox.record;
  const cwd = join(sandbox.folder.cdkOut, 'stacks/vault-aws-auth');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(
    join(cwd, 'cdk.tf.json'),
    GUIDE_0_1_0.replaceAll('http://127.0.0.1:1"', `${vault.address}"`).replaceAll(
      'http://127.0.0.1:2"',
      `${aws.endpoint}"`,
    ),
  );
  for (const args of [['init'], ['apply', '-auto-approve']]) {
    await execa(parts.terraform.path, [...args, '-input=false'], { cwd, env: sandbox.env, extendEnv: false });
  }
});
afterAll(() => sandbox.stop());

test('a person who deployed the guide with version 0.1.0 plans only what CHANGELOG.md says: an output', async () => {
  sandbox.synth(GUIDE);
  await sandbox.init();
  const [, changes = ''] = (await sandbox.plannedChanges())!.split('\n\n');

  // The sandbox has an STS of its own, so the login command names its region now.
  expect(changes.split('\n')).toEqual([
    'Changes to Outputs:',
    expect.stringMatching(/^ {2}~ login_command +=.* region=us-east-1 role=dev_role"$/) as string,
  ]);
});
