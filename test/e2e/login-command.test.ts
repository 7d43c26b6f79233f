import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { AwsProxy } from './support/aws-proxy';
import { GUIDE, TestSandbox } from './support/test-sandbox';

const REGION = 'eu-central-1';

let sandbox: TestSandbox;
/** An STS of one region, which refuses what is signed for another. */
let sts: AwsProxy;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  sandbox = await TestSandbox.start();
  sts = await AwsProxy.start(sandbox, { stsRegion: REGION });
  const settings = sandboxSettings(GUIDE, sandbox.record);
  const awsEndpoints = { ...sandbox.awsEndpoints, sts: { url: sts.url, region: REGION } };
  // A value that a shell would split.
  const vault = { ...settings.vault, awsEndpoints, serverIdHeader: "it's;here" };
  await sandbox.apply({ ...settings, vault }, true);
});
afterAll(async () => {
  sts.stop();
  await sandbox.stop();
  rmSync(home, { recursive: true });
});

test('the login command works as it is in a shell, with an STS of another region', async () => {
  const outputs = JSON.parse(await sandbox.mustSucceed('output', '-json')) as Record<
    string,
    { value: string }
  >;
  const command = outputs.login_command!.value;

  const { all, exitCode } = await execa('sh', ['-c', command], {
    env: {
      ...sandbox.env,
      HOME: home,
      VAULT_TOKEN: '',
      AWS_ACCESS_KEY_ID: outputs.test_user_access_key_id!.value,
      AWS_SECRET_ACCESS_KEY: outputs.test_user_secret_access_key!.value,
    },
    all: true,
    reject: false,
  });

  expect(command).toContain(` region=${REGION} `);
  expect(all).toMatch(/token_policies\s+\["default" "dev_policy"\]/);
  expect(exitCode).toBe(0);
});
