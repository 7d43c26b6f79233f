import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import { App } from 'cdktf';
import { sandboxSettings } from '../../lib/sandbox/sandbox-settings';
import { type Settings, VaultAwsAuthStack } from '../../lib/stacks';
import { type Deployment, deployerRules } from '../../lib/vault';
import { tokenWith } from './support/policy-token';
import { GUIDE, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.vault('POST', 'sys/audit/file', { type: 'file', options: { file_path: auditLog() } });
  await sandbox.apply(GUIDE);
}, 240_000);
afterAll(() => sandbox.stop());

const auditLog = () => join(sandbox.folder.logs, 'audit.log');

const rulesOf = (deployment: Deployment) => {
  const address = 'http://127.0.0.1:1';
  const settings: Settings = { vault: { address } };
  return deployerRules(new VaultAwsAuthStack(new App({ outdir: '/tmp' }), 'guide', settings), deployment);
};

/** What was asked of Vault by tokens with a policy: `path: operation`. */
const asked = (policy: string) =>
  readFileSync(auditLog(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditEntry)
    .filter(({ type, auth }) => type === 'request' && auth?.policies?.includes(policy))
    .map(({ request }) => `${request.path}: ${request.operation}`);

interface AuditEntry {
  readonly type: string;
  readonly auth?: { readonly policies?: readonly string[] };
  readonly request: { readonly path: string; readonly operation: string };
}

const granted = (deployment: Deployment) =>
  rulesOf(deployment).flatMap(({ path, capabilities }) =>
    // Not an operation: the requests that need it would be refused without.
    capabilities.filter((capability) => capability !== 'sudo').map((capability) => `${path}: ${capability}`),
  );

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

  expect([...new Set(asked('deployer-apply'))].sort()).toEqual(granted('apply').sort());
  expect([...new Set(asked('deployer-plan'))].sort()).toEqual(granted('plan').sort());
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
