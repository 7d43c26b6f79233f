import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { type App, TerraformStack } from 'cdktf';
import { SelfRotatingIamUser } from '../../lib/constructs/aws';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import { restoreClient } from '../../lib/operate/runbook';
import type { AccessKey } from '../../sandbox/servers';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import { AwsAuthClient, AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { adminSide } from './support/admin-side';
import { AwsProxy } from './support/aws-proxy';
import { allow } from './support/fleet';
import { TestSandbox } from './support/test-sandbox';

const UserName = 'vault_auth';

let sandbox: TestSandbox;
let proxy: AwsProxy;
let alice: AccessKey;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  alice = await sandbox.createUser('alice');
  // moto lacks the one call; the answer is AWS's to a user that has none.
  const none =
    '<ListServiceSpecificCredentialsResult><ServiceSpecificCredentials/></ListServiceSpecificCredentialsResult>';
  proxy = await AwsProxy.start(sandbox, { answers: { ListServiceSpecificCredentials: none } });
});
afterAll(async () => {
  proxy.stop();
  await sandbox.stop();
});

/** The role binds a named user: Vault looks it up with its key when the role is written. */
const stackOf =
  (rotation: number, { mountPath = 'aws_rotated', serverIdHeader = 'vault' } = {}) =>
  (app: App): TerraformStack => {
    const stack = new TerraformStack(app, 'rotated');
    useProviders(stack);
    useStateBackend(stack, { kind: 'local' });
    const mount = new AwsAuthMount(stack, 'mount', { path: mountPath, disableRemount: true });
    const { credentials } = new SelfRotatingIamUser(stack, 'vault_user', {
      permissionsFor: mount,
      path: '/ops/',
      rotation,
    });
    new AwsAuthClient(stack, 'client', {
      mount,
      credentials,
      serverIdHeader,
      endpoints: sandbox.awsEndpoints,
    });
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'app',
      boundPrincipals: [BoundPrincipal.user('alice')],
    });
    return stack;
  };

const keysInAws = async () =>
  (await sandbox.iam().send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata!.map(
    ({ AccessKeyId }) => AccessKeyId!,
  );

const keyInVault = async (mountPath = 'aws_rotated') =>
  (await sandbox.vault<{ data: { access_key: string } }>('GET', `auth/${mountPath}/config/client`)).data
    .access_key;

/** What `restore-client` does where Vault has no key. @returns the key that it made, which its report lacks half of */
const commandMakesFirstKey = async () => {
  const made: AccessKey[] = [];
  const aws = adminSide(sandbox);
  const iamOf: typeof aws.iamOf = (key) => {
    made.push(key);
    return aws.iamOf(key);
  };
  const { address: vaultAddress, token } = sandbox.record.vault;
  const report = await restoreClient(
    { vaultAddress, token, mountPath: 'aws_rotated' },
    { ...aws, iamOf },
    UserName,
  );
  const key = made[0]!;
  expect(report).toMatchObject({ state: 'missing', newAccessKeyId: key.accessKeyId });
  expect(JSON.stringify(report)).not.toContain(key.secretAccessKey);
  expect([await keyInVault(), await keysInAws()]).toEqual([key.accessKeyId, [key.accessKeyId]]);
  return key;
};

/** A key from outside, written to Vault by hand. */
const writeFirstKey = async (mountPath = 'aws_rotated') => {
  const { AccessKey } = await sandbox.iam().send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: access_key, SecretAccessKey: secret_key } = AccessKey!;
  await sandbox.vault('POST', `auth/${mountPath}/config/client`, { access_key, secret_key });
  return { access_key: access_key!, secret_key: secret_key! };
};

const oneLine = (output: string) => output.replace(/[\s│╷╵]+/g, ' ');

test('the first apply stops where Vault needs a key, and says what to run', async () => {
  sandbox.synthStack(stackOf(1));
  await sandbox.init();

  const { exitCode, output } = await sandbox.terraform('apply', '-input=false', '-auto-approve');

  expect(exitCode).toBe(1);
  expect(oneLine(output)).toContain(
    "credentials: Vault has no key of the user 'vault_auth' yet, or lost it with its mount; run: npx vault-aws-auth restore-client --mount aws_rotated --user vault_auth, and apply again",
  );
});

test('Vault replaces the first key, which is in no state, and later plans are empty', async () => {
  const first = await commandMakesFirstKey();
  // moto takes no action of IAM that is allowed on one user for allowed: what our policy says, on all.
  await expect(sandbox.applyStack(stackOf(1))).rejects.toThrow('error calling CreateAccessKey');
  const PolicyDocument = allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey']);
  await sandbox.iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'moto', PolicyDocument }));

  await sandbox.applyStack(stackOf(1));

  const keys = await keysInAws();
  expect(keys).toEqual([await keyInVault()]);
  expect(keys).not.toContain(first.accessKeyId);
  const state = await sandbox.mustSucceed('state', 'pull');
  expect(state).not.toContain(first.secretAccessKey);
  expect(state).not.toContain('"aws_iam_access_key"');
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('a change of the configuration neither sends nor replaces a key', async () => {
  const before = await keysInAws();

  await sandbox.applyStack(stackOf(1, { serverIdHeader: 'another' }));

  expect(await keysInAws()).toEqual(before);
  expect(await keyInVault()).toBe(before[0]);
});

test('each value of the counter replaces the key once', async () => {
  const before = await keysInAws();

  await sandbox.applyStack(stackOf(2));

  const after = await keysInAws();
  expect(after).toEqual([await keyInVault()]);
  expect(after).not.toEqual(before);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('a counter that goes back is refused by the plan', async () => {
  sandbox.synthStack(stackOf(1));

  const { exitCode, output } = await sandbox.terraform('plan', '-input=false');

  expect(exitCode).toBe(1);
  expect(oneLine(output)).toContain(
    'rotation: must count up, because a key is replaced once for each value; got 1 after 2',
  );
});

test('a mount that is replaced has lost the key, and asks for a first one again', async () => {
  const lost = await keysInAws();
  const anew = stackOf(2, { mountPath: 'aws_rotated_anew' });
  await expect(sandbox.applyStack(anew)).rejects.toThrow('restore-client');
  await sandbox.iam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: lost[0] }));
  const first = await writeFirstKey('aws_rotated_anew');

  await sandbox.applyStack(anew);

  const keys = await keysInAws();
  expect(keys).toEqual([await keyInVault('aws_rotated_anew')]);
  expect(keys).not.toContain(first.access_key);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('who was looked up by the key that only Vault knows logs in', async () => {
  const fields = loginFields(await signIdentityRequest(alice, { serverIdHeader: 'vault' }));

  await sandbox.vault('POST', 'auth/aws_rotated_anew/login', { role: 'app', ...fields }, '');
});

test('destroy gets past the key that Terraform does not know', async () => {
  Object.assign(sandbox.env, { AWS_ENDPOINT_URL: proxy.url });

  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');

  await expect(keysInAws()).rejects.toThrow(UserName);
});
