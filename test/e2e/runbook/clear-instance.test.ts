import { clearInstance } from '../../../lib/operate/runbook';
import { ec2Login, refusal } from '../support/ec2-login';
import { identityDocument, type Instance, runInstance } from '../support/instance';
import { IdentityAuthority } from '../support/instance-identity';
import { Project } from '../support/project';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const MOUNT = 'aws';

let sandbox: TestSandbox;
let instance: Instance;
let project: Project;
const authority = new IdentityAuthority();

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
  project.writeSettings({ vault: { address: sandbox.record.vault.address } });
  const { aws } = sandbox.record;
  await sandbox.vault('POST', `sys/auth/${MOUNT}`, { type: 'aws' });
  await sandbox.vault('POST', `auth/${MOUNT}/config/client`, {
    access_key: aws.admin.accessKeyId,
    secret_key: aws.admin.secretAccessKey,
    endpoint: aws.endpoint,
    iam_endpoint: aws.endpoint,
    sts_endpoint: aws.endpoint,
    sts_region: 'us-east-1',
  });
  await sandbox.vault('POST', `auth/${MOUNT}/config/certificate/ours`, {
    aws_public_cert: Buffer.from(authority.certificate).toString('base64'),
    type: 'identity',
  });
  for (const [role, disallow_reauthentication] of Object.entries({ app: false, once: true })) {
    const fields = { auth_type: 'ec2', bound_account_id: [ACCOUNT], disallow_reauthentication };
    await sandbox.vault('POST', `auth/${MOUNT}/role/${role}`, fields);
  }
});
afterAll(() => sandbox.stop());
beforeEach(async () => (instance = await runInstance(sandbox, { name: `app-${++runs}` })));
let runs = 0;

const logIn = (nonce: string, role = 'app') => {
  const document = identityDocument(instance);
  const identity = { document, signature: authority.sign(document) };
  return ec2Login(sandbox, { mountPath: MOUNT, role, identity, nonce });
};
const clear = (instanceId: string, dryRun = false) => {
  const { address: vaultAddress, token } = sandbox.record.vault;
  return clearInstance({ vaultAddress, token, mountPath: MOUNT }, instanceId, { dryRun });
};

test('an instance whose nonce is lost logs in again, after the entry was shown without the nonce', async () => {
  const { client_token } = await logIn('lost-secret');
  await expect(logIn('new')).rejects.toMatchObject(refusal('nonce mismatch'));

  const dry = await clear(instance.instanceId, true);
  expect(dry).toMatchObject({ cleared: false, entry: { role: 'app', disallow_reauthentication: false } });
  expect(JSON.stringify(dry)).not.toContain('lost-secret');
  await expect(logIn('new')).rejects.toMatchObject(refusal('nonce mismatch'));

  expect(await clear(instance.instanceId)).toMatchObject({ cleared: true, entry: dry.entry });
  await logIn('new');
  // The token of the login before goes on.
  await sandbox.vault('GET', 'auth/token/lookup-self', undefined, client_token);
});

test('one that may log in once only may once more', async () => {
  await logIn('n', 'once');
  await expect(logIn('n', 'once')).rejects.toMatchObject(refusal('reauthentication is disabled'));

  expect(await clear(instance.instanceId)).toMatchObject({ entry: { disallow_reauthentication: true } });
  await logIn('n', 'once');
});

test('an instance without an entry is said to have none, and a wrong ID is an error', async () => {
  expect(await clear(instance.instanceId)).toEqual({
    instanceId: instance.instanceId,
    mountPath: MOUNT,
    cleared: false,
  });
  await expect(clear('../role/app')).rejects.toThrow("'../role/app' is not the ID of an instance");
});

describe('npx vault-aws-auth clear-instance', () => {
  // The settings name no mount: theirs is another.
  const run = (...args: string[]) =>
    project.run('vault-aws-auth.ts', ['clear-instance', '--mount', MOUNT, ...args]);

  test('--dry-run shows the entry and lets it stay; without it the instance logs in with a new nonce', async () => {
    await logIn('lost-secret');

    const dry = await run(instance.instanceId, '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
    expect(dry.stdout).toMatch(/role: app[^]*Dry run: the entry stays\./);
    expect(dry.stdout).not.toContain('lost-secret');
    await expect(logIn('new')).rejects.toMatchObject(refusal('nonce mismatch'));

    const { exitCode, stdout, stderr } = await run(instance.instanceId, '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ cleared: true, mountPath: MOUNT, entry: { role: 'app' } });
    await logIn('new');
  });

  test('an instance without an entry is well, and what is no ID is an error', async () => {
    const [unknown, wrong] = await Promise.all([run(instance.instanceId), run('app-1')]);

    expect(unknown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(unknown.stdout).toContain(
      `is not in the identity access list of auth/${MOUNT}: its next login already counts as its first.`,
    );
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.stderr).toContain("'app-1' is not the ID of an instance");
  });
});
