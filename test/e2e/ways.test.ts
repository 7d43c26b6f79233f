import { type App, TerraformStack } from 'cdktf';
import { VaultIamRole, VaultIamUser } from '../../lib/constructs/aws';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import { AwsAuthClient, AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { assumeRole, createRole } from './support/other-account';
import { TestSandbox } from './support/test-sandbox';
import { VaultSession } from './support/vault-session';

const MOUNT = 'aws_ways';

let session: VaultSession;
let sandbox: TestSandbox;
beforeAll(async () => {
  session = new VaultSession();
  sandbox = await TestSandbox.start();
  await createRole({ iam: sandbox.iam() }, 'vault_there');
  session.become(await assumeRole(sandbox, 'vault_there'));
});
afterAll(async () => {
  await sandbox.stop();
  session.remove();
});

const stackOf =
  (way: 'key' | 'keyless', guideOnly = false) =>
  (app: App) => {
    const stack = new TerraformStack(app, 'ways');
    useProviders(stack);
    useStateBackend(stack, { kind: 'local' });
    const mount = new AwsAuthMount(stack, 'mount', { path: MOUNT, guideOnly });
    const { credentials } =
      way === 'key'
        ? new VaultIamUser(stack, 'vault_user', { permissionsFor: mount })
        : new VaultIamRole(stack, 'vault_role', {
            permissionsFor: mount,
            roleArn: 'arn:aws:iam::123456789012:role/vault_there',
          });
    new AwsAuthClient(stack, 'client', { mount, credentials, endpoints: sandbox.awsEndpoints });
    new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals: [BoundPrincipal.allUsers()] });
    return stack;
  };

/** As a user whom Vault has not seen yet, so that it looks the user up. */
const logInAnew = async () => {
  const key = await sandbox.createUser(`person-${people++}`);
  const fields = loginFields(await signIdentityRequest(key));
  return sandbox.vault('POST', `auth/${MOUNT}/login`, { role: 'app', ...fields }, '');
};
let people = 0;

const keyInVault = async () =>
  (await sandbox.vault<{ data: { access_key: string } }>('GET', `auth/${MOUNT}/config/client`)).data
    .access_key;

test.each(['key', 'keyless', 'key'] as const)(
  'logins go on from one way of credentials to another: %s',
  async (way) => {
    await sandbox.applyStack(stackOf(way));

    await logInAnew();
    expect(await keyInVault()).toEqual(way === 'key' ? expect.stringMatching(/^AKIA/) : '');
    expect(await sandbox.plannedChanges()).toBeUndefined();
  },
);

test.each([
  ['on a plain mount, as that of the guide', true],
  ['as the mount stops being plain', false],
])('logins go on from a key to none %s, where no replacement is known to the state', async (_, guideOnly) => {
  await sandbox.applyStack(stackOf('key', true));
  await logInAnew();

  await sandbox.applyStack(stackOf('keyless', guideOnly));

  await logInAnew();
  expect(await keyInVault()).toBe('');
  expect(await sandbox.plannedChanges()).toBeUndefined();
  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');
});

test('without a key Vault may look up what the policy of its role says, and nothing before', async () => {
  await sandbox.applyStack(stackOf('keyless'));
  await createRole({ iam: sandbox.iam() }, 'powerless');
  session.become(await assumeRole(sandbox, 'powerless'));
  // A write of the configuration makes Vault forget its clients.
  await sandbox.vault('POST', `auth/${MOUNT}/config/client`, { max_retries: -1 });

  await expect(logInAnew()).rejects.toThrow('error fetching user');
});
