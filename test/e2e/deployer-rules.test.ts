import { Duration } from 'aws-cdk-lib/core';
import { App } from 'cdktf';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { type Settings, VaultAwsAuthStack } from '../../lib/constructs/stacks';
import { deployerRules, type Deployment } from '../../lib/constructs/vault';
import { AuditLog, operations } from './support/audit-log';
import { tokenWith } from './support/policy-token';
import { GUIDE, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
let audit: AuditLog;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  audit = await AuditLog.start(sandbox);
  await sandbox.apply(GUIDE);
});
afterAll(() => sandbox.stop());

const rulesOf = (deployment: Deployment) => {
  const address = 'http://127.0.0.1:1';
  const settings: Settings = { vault: { address } };
  return deployerRules(new VaultAwsAuthStack(new App({ outdir: '/tmp' }), 'guide', settings), deployment);
};

const CHANGED: Settings = {
  ...GUIDE,
  vault: { ...GUIDE.vault, serverIdHeader: 'another.example.com' },
  login: {
    policy: { policyName: 'dev_policy', rules: [{ path: 'secret/data/*', capabilities: ['read'] }] },
    role: { tokenTtl: Duration.minutes(10) },
  },
};

test('the policy for planning plans, and an apply with it is refused', async () => {
  sandbox.synth(CHANGED);
  const token = await tokenWith(sandbox, rulesOf('plan'));

  expect((await sandbox.terraformAs(token, 'plan', '-input=false')).exitCode).toBe(0);
  const { exitCode, output } = await sandbox.terraformAs(token, 'apply', '-input=false', '-auto-approve');
  expect(exitCode).toBe(1);
  expect(output).toContain('permission denied');
});

describe('without any one rule of the policy for planning, no plan is made', () => {
  test.each(rulesOf('plan').map(({ path }) => path))('%s', async (path) => {
    sandbox.synth(GUIDE);
    const token = await tokenWith(
      sandbox,
      rulesOf('plan').filter((rule) => rule.path !== path),
    );

    const { exitCode, output } = await sandbox.terraformAs(token, 'plan', '-input=false');
    expect([exitCode, output.includes('permission denied')]).toEqual([1, true]);
  });
});

test('the policy for applying makes, changes and deletes all, and nothing in it goes unused', async () => {
  await sandbox.applyStack((app) => {
    const stack = new VaultAwsAuthStack(app, 'vault-aws-auth', sandboxSettings(CHANGED, sandbox.record));
    stack.addOverride('resource.vault_auth_backend.mount.description', 'Another description');
    return stack;
  });
  expect(await sandbox.plannedChanges()).toBeUndefined();
  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');

  for (const deployment of ['plan', 'apply'] as const) {
    const rules = rulesOf(deployment);
    expect(audit.asked(`deployer-${deployment}`, rules)).toEqual(operations(rules));
  }
});

test('without sudo on the mount, or without its rule, nothing is mounted', async () => {
  for (const capabilities of [[], ['update', 'delete']] as const) {
    sandbox.synth(GUIDE);
    const token = await tokenWith(
      sandbox,
      rulesOf('apply').flatMap((rule) =>
        rule.path !== 'sys/auth/aws_test'
          ? [rule]
          : capabilities.length > 0
            ? [{ path: rule.path, capabilities }]
            : [],
      ),
    );

    const { exitCode, output } = await sandbox.terraformAs(token, 'apply', '-input=false', '-auto-approve');
    expect([exitCode, output.includes('permission denied')]).toEqual([1, true]);
  }
});
