import { GetUserCommand } from '@aws-sdk/client-iam';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import { sandboxSettings } from '../../../sandbox/sandbox-settings';
import { VAULT_KEY_ADDRESS } from '../../../lib/constructs/stacks';
import { refusal } from '../support/ec2-login';
import { Project } from '../support/project';
import { ACCOUNT, GUIDE, TestSandbox } from '../support/test-sandbox';

const CLIENT = 'auth/aws_test/config/client';
const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;
const NO_CREDENTIALS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

let sandbox: TestSandbox;
let project: Project;
let users = 0;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
  project.writeSettings(sandboxSettings(GUIDE, sandbox.record));
  await sandbox.apply();
  await sandbox.createUser('alice');
});
afterAll(() => sandbox.stop());

const run = (args: string[], env?: Record<string, string | undefined>) =>
  project.run('vault-aws-auth.ts', args, env);

/** As somebody new: who is known to Vault is not looked up again. */
const logIn = async () => {
  const key = await sandbox.createUser(`user-${++users}`);
  const signed = await signIdentityRequest(key, { serverIdHeader: '127.0.0.1' });
  const body = { role: 'dev_role', ...loginFields(signed) };
  await sandbox.vault('POST', 'auth/aws_test/login', body, '');
};

/** All that the commands could change. */
const everything = async () => {
  const { data: client } = await sandbox.vault<{ data: object }>('GET', CLIENT);
  const { data: role } = await sandbox.vault<{ data: object }>('GET', 'auth/aws_test/role/dev_role');
  const { User } = await sandbox.iam().send(new GetUserCommand({ UserName: 'alice' }));
  return { client, role, user: User!.UserId };
};

/** Of any access key: moto tells. */
const secretOf = async (accessKeyId: string) => {
  const response = await fetch(`${sandbox.record.aws.endpoint}/moto-api/data.json`);
  const { iam } = (await response.json()) as {
    iam: { AccessKey: { access_key_id: string; secret_access_key: string }[] };
  };
  return iam.AccessKey.find(({ access_key_id }) => access_key_id === accessKeyId)!.secret_access_key;
};

describe('npx vault-aws-auth verify --explain', () => {
  test('says by which rule and bind a principal can log in, and what it gets, and changes nothing', async () => {
    const before = await everything();

    const { exitCode, stdout, stderr } = await run(['verify', '--explain', ALICE]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`'${ALICE}' can log in as 'dev_role' at auth/aws_test.`);
    expect(stdout).toContain(`rule: wildcard, 'arn:aws:iam::${ACCOUNT}:user/*'`);
    expect(stdout).toContain('token policies: default, dev_policy');
    expect(await everything()).toEqual(before);
  });

  test('exits with 1 where the principal cannot log in, and --json gives the reasons', async () => {
    const nobody = `arn:aws:iam::${ACCOUNT}:user/nobody`;
    const [absent, noRole] = await Promise.all([
      run(['verify', '--explain', nobody, '--json']),
      run(['verify', '--explain', ALICE, '--role', 'nothing']),
    ]);

    expect({ ...absent, stdout: JSON.parse(absent.stdout) as unknown }).toMatchObject({
      exitCode: 1,
      stderr: '',
      stdout: {
        principal: nobody,
        login: 'no',
        reasons: [{ cause: expect.stringContaining("AWS has no user 'nobody'") as string }],
      },
    });
    expect(noRole.exitCode).toBe(1);
    expect(noRole.stdout).toContain("There is no role 'nothing' on the mount 'aws_test'.");
  });

  test('without AWS credentials says so, and exits with 1 where it then does not know', async () => {
    const { exitCode, stdout, stderr } = await run(['verify', '--explain', ALICE], NO_CREDENTIALS);

    expect(exitCode).toBe(1);
    expect(stderr).toContain('AWS is not asked:');
    expect(stdout).toContain(`'${ALICE}' may be able to log in as 'dev_role'`);
  });
});

describe('npx vault-aws-auth restore-client', () => {
  test('leaves a key alone that is alive', async () => {
    const before = await everything();

    const { exitCode, stdout } = await run(['restore-client']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`AWS accepts the key of '${CLIENT}'`);
    expect(await everything()).toEqual(before);
  });

  test('--dry-run says what is wrong and what to run, exits with 1, and changes nothing', async () => {
    await sandbox.vault('POST', CLIENT, { secret_key: 'overwritten' });
    await expect(logIn()).rejects.toMatchObject(refusal('looking up full ARN'));
    const before = await everything();

    const { exitCode, stdout } = await run(['restore-client', '--dry-run']);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('the secret in Vault does not belong to this key');
    expect(stdout).toContain(
      `terraform -chdir=cdk.out/stacks/vault-aws-auth apply -replace=${VAULT_KEY_ADDRESS}`,
    );
    expect(stdout).toContain('Dry run: nothing was changed.');
    expect(await everything()).toEqual(before);
  });

  test('gives Vault a new key, so that logins go on, and shows its steps but no secret', async () => {
    const { exitCode, stdout, stderr } = await run(['restore-client', '--json']);

    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as { state: string; newAccessKeyId: string };
    expect(report).toMatchObject({ state: 'wrong', after: { answer: 'accepted' } });
    expect(stderr).toMatch(/ask Vault and AWS what is wrong\n[^]*write it to Vault\n/);
    const secret = await secretOf(report.newAccessKeyId);
    expect(`${stdout}${stderr}`.includes(secret)).toBe(false);
    await logIn();
  });

  test('the command that it printed gives the key back to Terraform', async () => {
    await sandbox.mustSucceed('apply', '-input=false', '-auto-approve', `-replace=${VAULT_KEY_ADDRESS}`);

    const { exitCode } = await run(['restore-client', '--dry-run']);

    expect(exitCode).toBe(0);
    await logIn();
  });

  test('without AWS credentials is an error in one sentence', async () => {
    const { exitCode, stdout, stderr } = await run(['restore-client'], NO_CREDENTIALS);

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^\s*[^\n]*credentials[^\n]*$/);
    expect(stderr).not.toContain('    at ');
  });
});
