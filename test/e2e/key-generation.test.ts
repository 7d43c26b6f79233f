import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { TerraformStack, type App } from 'cdktf';
import { VaultIamUser } from '../../lib/constructs/aws';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../sandbox/servers';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import { AwsAuthClient, AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { AwsProxy } from './support/aws-proxy';
import { whileLoggingIn } from './support/login-loop';
import { TestSandbox } from './support/test-sandbox';

const MOUNT = 'aws_generation';

let sandbox: TestSandbox;
let proxy: AwsProxy;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  proxy = await AwsProxy.start(sandbox);
  sandbox.env.AWS_ENDPOINT_URL = proxy.url;
});
afterAll(async () => {
  proxy.stop();
  await sandbox.stop();
});

/** All users may log in: each login makes Vault look its user up, with its own key. */
const stackOf =
  (accessKeyGeneration?: number) =>
  (app: App): TerraformStack => {
    const stack = new TerraformStack(app, 'generation');
    useProviders(stack, { tags: { owner: 'platform' } });
    useStateBackend(stack, { kind: 'local' });
    const mount = new AwsAuthMount(stack, 'mount', { path: MOUNT, guideOnly: true });
    const { credentials } = new VaultIamUser(stack, 'vault_user', {
      permissionsFor: mount,
      accessKeyGeneration,
    });
    new AwsAuthClient(stack, 'client', { mount, credentials, endpoints: proxy.endpoints });
    new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals: [BoundPrincipal.allUsers()] });
    return stack;
  };

const logIn = async (key: AccessKey) =>
  sandbox.vault(
    'POST',
    `auth/${MOUNT}/login`,
    { role: 'app', ...loginFields(await signIdentityRequest(key)) },
    '',
  );

const keysInAws = async () =>
  (await sandbox.iam().send(new ListAccessKeysCommand({ UserName: 'vault_auth' }))).AccessKeyMetadata!.map(
    ({ AccessKeyId }) => AccessKeyId!,
  );

const keyInVault = async () =>
  (await sandbox.vault<{ data: { access_key: string } }>('GET', `auth/${MOUNT}/config/client`)).data
    .access_key;

/** As a user whom Vault has not seen yet: it remembers whom it looked up, and would not use its key. */
const logInAnew = async () => {
  const key = await sandbox.createUser(`person-${people++}`);
  proxy.knows(key);
  const login = logIn(key);
  // Vault may have signed its call with the key that is deleted meanwhile.
  proxy.deletionWaitsFor = login.catch(() => undefined);
  await login;
};
let people = 0;

test('without the prop a key stays, and a first value replaces it once', async () => {
  await sandbox.applyStack(stackOf());
  const [first] = await keysInAws();
  expect(await sandbox.plannedChanges()).toBeUndefined();

  await sandbox.applyStack(stackOf(1));

  const keys = await keysInAws();
  expect(keys).toHaveLength(1);
  expect(keys).not.toContain(first);
  expect(await keyInVault()).toBe(keys[0]);
  expect(await sandbox.plannedChanges()).toBeUndefined();
  await logInAnew();
});

test('logins go on while the key is replaced and AWS does not know the new one yet', async () => {
  const before = await keysInAws();
  proxy.knows({ accessKeyId: before[0]! });
  proxy.delayMs = 8_000;

  const { logins, failures } = await whileLoggingIn(logInAnew, () => sandbox.applyStack(stackOf(2)));

  expect(failures).toEqual([]);
  expect(logins).toBeGreaterThan(10);
  expect(proxy.refusals).toBeGreaterThan(3);
  const after = await keysInAws();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
  expect(await keyInVault()).toBe(after[0]);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('a wait that fails leaves the old key in Vault, and the next apply goes on from there', async () => {
  const before = await keyInVault();
  proxy.knows({ accessKeyId: before });
  proxy.delayMs = 30_000;
  Object.assign(sandbox.env, { WAIT_SECONDS: '2' });

  const { failures } = await whileLoggingIn(logInAnew, async () => {
    await expect(sandbox.applyStack(stackOf(3))).rejects.toThrow(/exit\s+status\s+11/);
    expect(await keyInVault()).toBe(before);
    expect(await keysInAws()).toHaveLength(2);
    proxy.delayMs = 0;
    delete sandbox.env.WAIT_SECONDS;
    await sandbox.applyStack(stackOf(3));
  });

  expect(failures).toEqual([]);
  const keys = await keysInAws();
  expect(keys).toEqual([await keyInVault()]);
  expect(keys).not.toContain(before);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('a counter that goes back is refused by the plan', async () => {
  sandbox.synthStack(stackOf(2));

  const { exitCode, output } = await sandbox.terraform('plan', '-input=false');

  expect(exitCode).toBe(1);
  expect(output.replace(/\s*[│╷╵]\s*/g, ' ').replace(/\s+/g, ' ')).toContain(
    'accessKeyGeneration: must count up, because a key is replaced once for each value; got 2 after 3',
  );
});

test('the prop taken out replaces nothing, and the user goes with its key', async () => {
  const before = await keysInAws();
  await sandbox.applyStack(stackOf());

  expect(await keysInAws()).toEqual(before);
  expect(await sandbox.plannedChanges()).toBeUndefined();
  await sandbox.mustSucceed('destroy', '-auto-approve', '-input=false');
  await expect(keysInAws()).rejects.toThrow('vault_auth');
});
