import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../../sandbox/servers';
import { sandboxSettings } from '../../../sandbox/sandbox-settings';
import { refusal } from '../support/ec2-login';
import { Project } from '../support/project';
import { SlowRevocation } from '../support/slow-revocation';
import { ACCOUNT, GUIDE, TestSandbox } from '../support/test-sandbox';

const MOUNT = 'aws_test';
const ENDED = { errors: [expect.stringMatching(/permission denied|bad token/) as string] };

let sandbox: TestSandbox;
let project: Project;
let alice: AccessKey;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
  project.writeSettings(sandboxSettings(GUIDE, sandbox.record));
  await sandbox.apply();
  alice = await sandbox.createUser('alice');
});
afterAll(() => sandbox.stop());

/** A command that takes more than two seconds says so: how busy the machine is tells nothing of the command. */
const run = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await project.run('vault-aws-auth.ts', args);
  return { exitCode, stdout, stderr: stderr.replace(/^.* …\n?/gmu, '') };
};
const runJson = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await run(...args, '--json');
  return { exitCode, stderr, report: JSON.parse(stdout) as unknown };
};

const logIn = async (key = alice) => {
  const signed = await signIdentityRequest(key, { serverIdHeader: '127.0.0.1' });
  const body = { role: 'dev_role', ...loginFields(signed) };
  const { auth } = await sandbox.vault<{ auth: { client_token: string } }>(
    'POST',
    `auth/${MOUNT}/login`,
    body,
    '',
  );
  return auth.client_token;
};
const use = (token: string) => sandbox.vault('GET', 'auth/token/lookup-self', undefined, token);

describe('npx vault-aws-auth end-tokens', () => {
  test('--dry-run counts the tokens of a role and ends none; without it they end', async () => {
    const token = await logIn();

    const dry = await run('end-tokens', '--role', 'dev_role', '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
    expect(dry.stdout).toMatch(/Role 'dev_role' at auth\/aws_test: 1 of the \d+ tokens of this Vault\./);
    expect(dry.stdout).toContain('Dry run: none was ended.');
    await use(token);

    const { exitCode, stdout, stderr } = await run('end-tokens', '--role', 'dev_role');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('1 ended, with their children and leases.');
    expect(stdout).not.toContain(token);
    await expect(use(token)).rejects.toMatchObject(ENDED);
  });

  test('--principal ends the tokens of one, and --json says so', async () => {
    const [hers, his] = [await logIn(), await logIn(await sandbox.createUser('bob'))];

    expect(await runJson('end-tokens', '--principal', `arn:aws:iam::${ACCOUNT}:user/alice`)).toMatchObject({
      exitCode: 0,
      stderr: '',
      report: { matched: 1, ended: 1, dryRun: false },
    });
    await expect(use(hers)).rejects.toMatchObject(ENDED);
    await use(his);
  });

  test('--close lets nobody in by the role until the next deploy, and with --dry-run it closes nothing', async () => {
    await logIn();
    expect(await runJson('end-tokens', '--role', 'dev_role', '--close', '--dry-run')).toMatchObject({
      report: { closed: false },
    });
    await logIn();

    expect(await runJson('end-tokens', '--role', 'dev_role', '--close')).toMatchObject({
      report: { closed: true },
    });
    await expect(logIn()).rejects.toMatchObject(refusal('permission denied'));

    await sandbox.mustSucceed('apply', '-input=false', '-auto-approve');
    await logIn();
  });

  test('Ctrl-C stops between two tokens, says how many were ended, and exits with 130', async () => {
    const slow = await SlowRevocation.start(sandbox, 3_000);
    try {
      await Promise.all(Array.from({ length: 20 }, () => logIn()));
      const settings = sandboxSettings(GUIDE, sandbox.record);
      project.writeSettings({ ...settings, vault: { ...settings.vault, address: slow.url } });
      const command = project.start('vault-aws-auth.ts', ['end-tokens', '--role', 'dev_role', '--json']);
      await slow.begun;
      command.kill('SIGINT');

      const { exitCode, stdout } = await command;
      expect(exitCode).toBe(130);
      const { ended, interrupted } = JSON.parse(stdout) as { ended: number; interrupted: boolean };
      expect(interrupted).toBe(true);
      expect(ended).toBeGreaterThan(0);
      expect(ended).toBeLessThan(20);
    } finally {
      project.writeSettings(sandboxSettings(GUIDE, sandbox.record));
      slow.stop();
    }
  });

  test('whose tokens, and what may not go together, is said in one sentence', async () => {
    const [nobodys, closed] = await Promise.all([
      run('end-tokens', '--dry-run'),
      run('end-tokens', '--principal', `arn:aws:iam::${ACCOUNT}:user/alice`, '--close'),
    ]);

    expect(nobodys).toMatchObject({ exitCode: 1, stdout: '' });
    expect(nobodys.stderr.trim()).toBe('Whose tokens? Give either --role NAME or --principal ARN.');
    expect(closed).toMatchObject({ exitCode: 1, stdout: '' });
    expect(closed.stderr.trim()).toMatch(/^--role-id and --close need --role\. .*\.$/);
  });

  test('a token of Vault that may not is an error, and so is none', async () => {
    const token = await logIn();
    const as = (VAULT_TOKEN: string) =>
      project.run('vault-aws-auth.ts', ['end-tokens', '--role', 'dev_role'], {
        VAULT_TOKEN,
        HOME: sandbox.folder.path,
      });

    const [refused, none] = await Promise.all([as(token), as('')]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('permission denied');
    expect(none).toMatchObject({ exitCode: 1, stdout: '' });
    expect(none.stderr).toContain("set VAULT_TOKEN, or run 'vault login' first");
  });
});
