import { BoundPrincipal } from '../../lib/constructs/vault';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { AwsProxy } from './support/aws-proxy';
import { GUIDE, TestSandbox } from './support/test-sandbox';

const DELAY_MS = 8_000;

let sandbox: TestSandbox;
let proxy: AwsProxy;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  proxy = await AwsProxy.start(sandbox, { delayMs: DELAY_MS });
});
afterAll(async () => {
  proxy.stop();
  await sandbox.stop();
});

test('a first apply with a named principal waits until AWS knows the new key', async () => {
  const { vault, ...settings } = sandboxSettings(GUIDE, sandbox.record);
  const begun = Date.now();

  await sandbox.apply(
    {
      ...settings,
      vault: { ...vault, awsEndpoints: proxy.endpoints },
      login: { boundPrincipals: [BoundPrincipal.user('administrator')] },
    },
    true,
  );

  expect(proxy.refusals).toBeGreaterThan(0);
  expect(Date.now() - begun).toBeGreaterThan(DELAY_MS);
  const { data } = await sandbox.vault<{ data: { bound_iam_principal_id: string[] } }>(
    'GET',
    'auth/aws_test/role/dev_role',
  );
  expect(data.bound_iam_principal_id).toHaveLength(1);
});
