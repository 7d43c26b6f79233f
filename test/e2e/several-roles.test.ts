import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { BoundPrincipal, IamAuthRole, VaultPolicy } from '../../lib/constructs/vault';
import type { LoginSettings, Settings } from '../../lib/constructs/stacks';
import type { AccessKey } from '../../sandbox/servers';
import { MOUNT, methodStack } from './support/method-stack';
import { Project } from './support/project';
import { GUIDE, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
let project: Project;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
});
afterAll(() => sandbox.stop());

const ci: LoginSettings = {
  role: { roleName: 'ci' },
  boundPrincipals: [BoundPrincipal.allUsers()],
  policy: { policyName: 'ci', rules: [{ path: 'secret/data/ci/*', capabilities: ['read'] }] },
  otherPolicies: ['dev_policy'],
};

const verify = async (args: string[], env: Record<string, string | undefined> = {}) => {
  const { exitCode, stdout, stderr } = await project.run(
    'vault-aws-auth.ts',
    ['verify', ...args, '--json'],
    env,
  );
  return { exitCode, stderr, report: stdout === '' ? undefined : (JSON.parse(stdout) as object) };
};

describe('a stack of settings.ts whose login becomes a list', () => {
  const several: Settings = { ...GUIDE, login: [{}, ci] };
  beforeAll(() => sandbox.apply());
  // The names of its IAM user and policy are those of the other stack too.
  afterAll(() => sandbox.mustSucceed('destroy', '-input=false', '-auto-approve'));

  test('plans nothing for a list of the one that is there', async () => {
    sandbox.synth({ ...GUIDE, login: [{}] });

    expect(await sandbox.plannedChanges()).toBeUndefined();
  });

  test('gets another role, and changes nothing of the first', async () => {
    sandbox.synth(several);
    const planned = await sandbox.plannedChanges();

    expect(planned).toContain('Plan: 2 to add, 0 to change, 0 to destroy.');
    await sandbox.apply(several);
    expect(await sandbox.plannedChanges()).toBeUndefined();
  });

  test('is verified by each role, and by default by the first', async () => {
    await sandbox.apply(several);
    project.writeSettings(sandboxSettings(several, sandbox.record));

    expect(await verify(['--test-user'])).toMatchObject({
      exitCode: 0,
      report: { role: 'dev_role', tokenPolicies: ['default', 'dev_policy'] },
    });
    expect(await verify(['--test-user', '--role', 'ci'])).toMatchObject({
      exitCode: 0,
      report: { role: 'ci', tokenPolicies: ['ci', 'default', 'dev_policy'] },
    });
    expect(await verify(['--test-user', '--role', 'web'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        "settings.ts has no role 'web'; the roles are: 'dev_role', 'ci'.",
      ) as string,
    });
  });

  test('has an agent for each role', async () => {
    const { exitCode, stdout } = await project.run('vault-aws-auth.ts', [
      'agent-config',
      '--role',
      'ci',
      '--json',
    ]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/"role": "ci"/);
  });
});

describe('a stack that a person wrote, with two roles', () => {
  let key: AccessKey;
  beforeAll(async () => {
    await sandbox.applyStack(
      methodStack(
        sandbox,
        (mount, stack) => {
          const boundPrincipals = [BoundPrincipal.allUsers()];
          const policy = new VaultPolicy(stack, 'policy', {
            policyName: 'web',
            rules: [
              { path: 'secret/data/web/*', capabilities: ['create', 'read'] },
              {
                path: `secret/data/{{identity.entity.aliases.${mount.accessor}.name}}/*`,
                capabilities: ['read'],
              },
            ],
          });
          new IamAuthRole(stack, 'web', { mount, roleName: 'web', boundPrincipals, policies: [policy] });
          new IamAuthRole(stack, 'app', { mount, roleName: 'app', boundPrincipals });
        },
        { identity: { iamAlias: 'unique_id' } },
      ),
    );
    key = await sandbox.createUser('somebody');
  });

  const verifyAs = (...args: string[]) =>
    verify(['--stack', 'method', ...args], {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    });

  test('is verified by a role of it, with the paths of its policies', async () => {
    expect(await verifyAs('--role', 'web')).toMatchObject({
      exitCode: 0,
      report: {
        ok: true,
        role: 'web',
        mountPath: MOUNT,
        tokenPolicies: ['default', 'web'],
        paths: [
          { path: 'secret/data/web/*', agrees: true },
          { note: 'a templated path, which Vault fills in for each token' },
        ],
      },
    });
    expect(await verifyAs('--role', 'app')).toMatchObject({ exitCode: 0, report: { paths: [] } });
  });

  test('needs the role, if it has several', async () => {
    expect(await verifyAs()).toMatchObject({
      exitCode: 1,
      report: undefined,
      stderr: expect.stringContaining(
        `The stack 'method' has several roles. Choose one with --role: '${MOUNT}/app', '${MOUNT}/web'.`,
      ) as string,
    });
  });

  test('is found to differ from what somebody wrote to Vault by hand', async () => {
    await sandbox.vault('POST', 'sys/policies/acl/web', {
      policy: 'path "secret/*" { capabilities = ["read", "delete"] }',
    });

    expect(await verifyAs('--role', 'web')).toMatchObject({
      exitCode: 1,
      report: {
        disagreements: ["path 'secret/data/web/*': declared create, read; Vault gives read, delete"],
      },
    });
  });
});
