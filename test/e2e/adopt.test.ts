import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetPolicyCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { logIn } from '../../lib/operate/verify/token';
import { followTheGuide, GUIDE_POLICY } from './support/guide-by-hand';
import { Project } from './support/project';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
let project: Project;
let keys: Awaited<ReturnType<typeof followTheGuide>>;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
  keys = await followTheGuide(sandbox);
});
afterAll(() => sandbox.stop());

const adopt = (...args: string[]) => project.run('vault-aws-auth.ts', ['adopt', ...args]);

/** Logs in as the guide's test user. */
const login = () =>
  logIn(
    { vaultAddress: sandbox.record.vault.address, mountPath: 'aws_test', role: 'dev_role', policies: [] },
    keys.testKey,
  );

/** Logs in without a pause until the act is done. @returns how often, the first and the last after it included */
async function loggingIn(act: () => Promise<unknown>): Promise<number> {
  let done = false;
  let logins = 0;
  const loop = async () => {
    do {
      await login();
      logins += 1;
    } while (!done);
    await login();
    return logins + 1;
  };
  const [count] = await Promise.all([loop(), act().finally(() => (done = true))]);
  return count;
}

const plan = async () => (await sandbox.plannedChanges()) ?? 'No changes.';

/** Edits settings.ts, and synthesizes again. */
async function editSettings(edit: (text: string) => string): Promise<void> {
  const before = project.read('settings.ts');
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(join(project.path, 'settings.ts'), after);
  await project.synth();
}

describe('adopt, before anything is written', () => {
  test('prints what it would write with --dry-run, and writes nothing', async () => {
    const before = project.read('settings.ts');
    const { exitCode, stdout, stderr } = await adopt('--dry-run');

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(
      `--- policies/dev_policy.hcl ---\n${GUIDE_POLICY}\n--- settings.ts ---\nimport `,
    );
    expect(stdout).toContain('Would be written: policies/dev_policy.hcl, settings.ts');
    expect(project.read('settings.ts')).toBe(before);
    expect(existsSync(join(project.path, 'policies'))).toBe(false);
  });

  test('does not replace a settings.ts unless it is told to', async () => {
    const before = project.read('settings.ts');
    const { exitCode, stdout, stderr } = await adopt();

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe(
      '\nNothing was written, because this exists already: settings.ts. See what would be written with --dry-run, and replace it with --force.',
    );
    expect(project.read('settings.ts')).toBe(before);
    expect(existsSync(join(project.path, 'policies'))).toBe(false);
  });

  test.each<[string, string[], RegExp]>([
    [
      'a mount that is not there, and names those that are',
      ['--mount', 'aws'],
      /auth\/aws: there is no AWS auth method here; there is aws_test\/: name it with --mount$/,
    ],
    [
      'a role that is not there',
      ['--role', 'ops'],
      /auth\/aws_test\/role\/ops: the stack's role is of type iam without inference; got none of this name$/,
    ],
  ])('refuses %s', async (_, args, message) => {
    const { exitCode, stderr } = await adopt('--force', ...args);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });

  test('says what it needs where no Vault is named', async () => {
    const { exitCode, stderr } = await project.run('vault-aws-auth.ts', ['adopt'], { VAULT_ADDR: undefined });

    expect(exitCode).toBe(1);
    expect(stderr).toContain('Set VAULT_ADDR and VAULT_TOKEN');
  });

  test('passes on what Vault refuses', async () => {
    const { exitCode, stderr } = await project.run('vault-aws-auth.ts', ['adopt'], { VAULT_TOKEN: 'nobody' });

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^\nVault answered GET sys\/auth with 403: /);
  });
});

describe('what adopt writes', () => {
  let report: { findings: { place: string }[]; warnings: { id: string }[]; imports: unknown[] };
  beforeAll(async () => {
    const { stdout, stderr } = await adopt('--force', '--json');
    expect(stderr).toBe('');
    report = JSON.parse(stdout) as typeof report;
    await project.synth();
    sandbox.use('vault-aws-auth');
    await sandbox.init();
  });

  test('keeps the policy as it was written, to the letter', () => {
    expect(project.read('policies/dev_policy.hcl')).toBe(GUIDE_POLICY);
  });

  test('names what it can not take over: the secrets of the two keys', () => {
    expect(report.findings.map(({ place }) => place)).toEqual([
      `access key ${keys.vaultKey.accessKeyId}`,
      `access key ${keys.testKey.accessKeyId}`,
    ]);
  });

  test('has a warning of all that the guide makes wider than most need', async () => {
    const { exitCode, stdout } = await project.run('vault-aws-auth.ts', ['check', '--strict', '--json']);
    const { problems, warnings } = JSON.parse(stdout) as { problems: string[]; warnings: { id: string }[] };

    expect(exitCode).toBe(1);
    expect(problems).toEqual([]);
    expect(warnings).toEqual(report.warnings);
    expect(warnings.map(({ id }) => id).sort()).toEqual([
      'bind-all-principals',
      'iam-policy-wide',
      'long-ttl',
      'no-server-id-header',
    ]);
  });

  test('holds no secret, and neither does what is synthesized of it', () => {
    const written = [
      project.read('settings.ts'),
      JSON.stringify(report),
      readFileSync(join(sandbox.folder.cdkOut, 'stacks/vault-aws-auth/cdk.tf.json'), 'utf8'),
    ].join();

    for (const { secretAccessKey } of [keys.vaultKey, keys.testKey]) {
      expect(written).not.toContain(secretAccessKey);
    }
    expect(written).not.toContain(sandbox.record.vault.token);
  });

  test('imports all and changes nothing, and logins go on through the apply', async () => {
    expect(await plan()).toContain('Plan: 10 to import, 0 to add, 0 to change, 0 to destroy.');

    const logins = await loggingIn(() => sandbox.mustSucceed('apply', '-input=false', '-auto-approve'));

    expect(logins).toBeGreaterThan(2);
    expect(await plan()).toBe('No changes.');
  });
});

describe('after the import', () => {
  test('the import blocks can be taken out', async () => {
    await editSettings((text) => text.replace(/ {4}imports: \[[^]*?\n {4}\],\n/, ''));

    expect(await plan()).toBe('No changes.');
  });

  test('verify logs in with the own key, and says why it can not as the test user', async () => {
    const { accessKeyId, secretAccessKey } = keys.testKey;
    const own = await project.run('vault-aws-auth.ts', ['verify'], {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
    const asTestUser = await project.run('vault-aws-auth.ts', ['verify', '--test-user']);

    expect(own.stdout).toContain('Verified: the policies and 2 paths agree');
    expect(asTestUser.exitCode).toBe(1);
    expect(asTestUser.stderr).toContain(`nobody can read the secret of the access key ${accessKeyId}`);
  });

  test('the client configuration is not destroyed, for its key could not be written again', async () => {
    const { exitCode, output } = await sandbox.terraform('plan', '-input=false', '-destroy');

    expect(exitCode).toBe(1);
    expect(output).toMatch(/vault_aws_auth_backend_client\.client[^]*prevent_destroy/);
  });

  test('a change of the client configuration leaves the key in Vault', async () => {
    await editSettings((text) =>
      text.replace('client: { keepsAccessKey: true }', 'client: { keepsAccessKey: true, maxRetries: 2 }'),
    );

    expect(await plan()).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');

    await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
    expect(await sandbox.vault('GET', 'auth/aws_test/config/client')).toMatchObject({
      data: { max_retries: 2, access_key: keys.vaultKey.accessKeyId },
    });
    // The wildcard makes Vault look the user up with its key.
    await login();
  });

  test('the IAM policy is narrowed in place when its document is taken out', async () => {
    await editSettings((text) => text.replace(/ {6}document: \{[^]*?\n {6}\},\n/, ''));

    const planned = await plan();
    expect(planned).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    expect(planned).toContain('aws_iam_policy.vault_user_policy_D29D7378 will be updated in-place');

    await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
    const { Policy } = await sandbox
      .iam()
      .send(new GetPolicyCommand({ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/VaultAuthUser` }));
    expect(Policy!.AttachmentCount).toBe(1);
    await login();
  });

  test('the key is replaced by one that Terraform knows, and logins go on', async () => {
    await editSettings((text) =>
      text
        .replace('keepsAccessKey: true, ', '')
        .replace("policyName: 'VaultAuthUser' }", "policyName: 'VaultAuthUser', accessKeyGeneration: 1 }"),
    );

    await loggingIn(() => sandbox.mustSucceed('apply', '-input=false', '-auto-approve'));

    const { AccessKeyMetadata } = await sandbox
      .iam()
      .send(new ListAccessKeysCommand({ UserName: 'vault_auth' }));
    const [key, ...others] = AccessKeyMetadata!;
    expect(others).toEqual([]);
    expect(key!.AccessKeyId).not.toBe(keys.vaultKey.accessKeyId);
    expect(await sandbox.vault('GET', 'auth/aws_test/config/client')).toMatchObject({
      data: { access_key: key!.AccessKeyId },
    });
    expect(await plan()).toBe('No changes.');
  });
});
