import { parsePrincipal } from '../../../lib/iam/principal';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import { endTokens, type EndTokensOptions, type TokenOwner } from '../../../lib/operate/runbook';
import type { AccessKey } from '../../../sandbox/servers';
import { assumeRole, createRole } from '../support/other-account';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const MOUNT = 'team/aws';
const REFUSED = { errors: [expect.stringMatching(/permission denied|bad token/) as string] };

let sandbox: TestSandbox;
let alice: AccessKey;
let bob: AccessKey;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  const endpoint = sandbox.record.aws.endpoint;
  await sandbox.vault('POST', `sys/auth/${MOUNT}`, { type: 'aws' });
  await sandbox.vault('POST', `auth/${MOUNT}/config/client`, {
    sts_endpoint: endpoint,
    sts_region: 'us-east-1',
    iam_endpoint: endpoint,
  });
  alice = await sandbox.createUser('alice');
  bob = await sandbox.createUser('bob');
  await createRole({ iam: sandbox.iam() }, 'worker');
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  await writeRole('app');
  await writeRole('other');
});

const writeRole = (name: string, fields = {}) =>
  sandbox.vault('POST', `auth/${MOUNT}/role/${name}`, {
    auth_type: 'iam',
    resolve_aws_unique_ids: false,
    bound_iam_principal_arn: ['user/alice', 'user/bob', 'role/worker'].map(
      (name) => `arn:aws:iam::${ACCOUNT}:${name}`,
    ),
    token_bound_cidrs: [],
    token_type: 'service',
    ...fields,
  });

const logIn = async (key: AccessKey, role = 'app') => {
  const body = { role, ...loginFields(await signIdentityRequest(key)) };
  const { auth } = await sandbox.vault<{ auth: { client_token: string; entity_id: string } }>(
    'POST',
    `auth/${MOUNT}/login`,
    body,
    '',
  );
  return auth;
};
const tokenOf = async (key: AccessKey, role?: string) => (await logIn(key, role)).client_token;
const use = (token: string) => sandbox.vault('GET', 'auth/token/lookup-self', undefined, token);

const end = (owner: TokenOwner, options?: EndTokensOptions) => {
  const { address: vaultAddress, token } = sandbox.record.vault;
  return endTokens({ vaultAddress, token, mountPath: MOUNT }, owner, options);
};
const principal = (arn: string): TokenOwner => ({ principal: parsePrincipal(arn) });

test('ends the tokens of a role and their children, and no other; a dry run only counts them', async () => {
  const [first, second, others] = [await tokenOf(alice), await tokenOf(bob), await tokenOf(alice, 'other')];
  await sandbox.vault('POST', 'sys/policies/acl/maker', {
    policy: 'path "auth/token/create" { capabilities = ["update"] }',
  });
  await writeRole('app', { token_policies: ['maker'] });
  const parent = await tokenOf(alice);
  const { auth: child } = await sandbox.vault<{ auth: { client_token: string } }>(
    'POST',
    'auth/token/create',
    {},
    parent,
  );

  expect(await end({ role: 'app' }, { dryRun: true })).toMatchObject({ matched: 3, ended: 0 });
  await use(first);
  const report = await end({ role: 'app' });

  expect(report).toMatchObject({ matched: 3, ended: 3, notEnded: [], unclear: 0, closed: false });
  for (const token of [first, second, parent, child.client_token]) {
    await expect(use(token)).rejects.toMatchObject(REFUSED);
  }
  await use(others);
  expect(JSON.stringify(report)).not.toContain(first);
  await end({ role: 'other' });
});

test('deleting a role ends no token; its tokens are found by the ID that the role had', async () => {
  const token = await tokenOf(alice);
  await sandbox.vault('DELETE', `auth/${MOUNT}/role/app`);
  await use(token);

  const { matched, ofDeletedRoles } = await end({ role: 'app' });
  expect(matched).toBe(0);
  const [[roleId, count]] = Object.entries(ofDeletedRoles) as [[string, number]];
  expect(count).toBe(1);
  await use(token);

  expect(await end({ role: 'app', roleId })).toMatchObject({ matched: 1, ended: 1 });
  await expect(use(token)).rejects.toMatchObject(REFUSED);
});

test('ends the tokens of a principal by any role, those of a role in all its sessions or in one', async () => {
  const tokens = {
    app: await tokenOf(alice),
    other: await tokenOf(alice, 'other'),
    bob: await tokenOf(bob),
    one: await tokenOf(await assumeRole(sandbox, 'worker', ACCOUNT, 'one')),
    two: await tokenOf(await assumeRole(sandbox, 'worker', ACCOUNT, 'two')),
  };

  // The path of an ARN is nothing to Vault.
  const byPath = principal(`arn:aws:iam::${ACCOUNT}:user/team/alice`);
  expect(await end(byPath)).toMatchObject({ matched: 2, ended: 2 });
  await expect(use(tokens.app)).rejects.toMatchObject(REFUSED);
  await expect(use(tokens.other)).rejects.toMatchObject(REFUSED);
  await use(tokens.bob);

  expect(await end(principal(`arn:aws:sts::${ACCOUNT}:assumed-role/worker/one`))).toMatchObject({ ended: 1 });
  await use(tokens.two);
  expect(await end(principal(`arn:aws:iam::222222222222:role/worker`))).toMatchObject({ matched: 0 });
  expect(await end(principal(`arn:aws:iam::${ACCOUNT}:role/worker`))).toMatchObject({ ended: 1 });
  await expect(use(tokens.two)).rejects.toMatchObject(REFUSED);
  await end({ role: 'app' });
});

test('where the mount does not note the account, a principal is not told from its namesakes, and none is ended', async () => {
  await sandbox.vault('POST', `auth/${MOUNT}/config/identity`, { iam_metadata: ['auth_type'] });
  const token = await tokenOf(alice);

  expect(await end(principal(`arn:aws:iam::${ACCOUNT}:user/alice`))).toMatchObject({
    matched: 0,
    unclear: 1,
  });
  await use(token);

  await sandbox.vault('POST', `auth/${MOUNT}/config/identity`, { iam_metadata: ['default'] });
  await end({ role: 'app' });
});

test('a role that is closed first lets nobody in, until it is written again', async () => {
  const token = await tokenOf(alice);

  expect(await end({ role: 'app' }, { close: true })).toMatchObject({ ended: 1, closed: true });
  await expect(use(token)).rejects.toMatchObject(REFUSED);
  await expect(logIn(alice)).rejects.toMatchObject({ errors: ['permission denied'] });

  await writeRole('app');
  await logIn(alice);
  await end({ role: 'app' });
});

test('tokens that are issued while it runs are ended too, round by round', async () => {
  await Promise.all(Array.from({ length: 30 }, () => logIn(alice)));
  let late: string | undefined;
  const report = await end(
    { role: 'app' },
    {
      onProgress: () =>
        void (late === undefined && ((late = ''), void tokenOf(alice).then((token) => (late = token)))),
    },
  );

  expect(report).toMatchObject({ matched: 31, ended: 31 });
  await expect(use(late!)).rejects.toMatchObject(REFUSED);
});

test('an interruption stops between two tokens and says how many were ended', async () => {
  await Promise.all(Array.from({ length: 40 }, () => logIn(alice)));
  const interrupted = new AbortController();
  const report = await end(
    { role: 'app' },
    { signal: interrupted.signal, onProgress: ({ ended }) => ended >= 5 && interrupted.abort() },
  );

  expect(report.interrupted).toBe(true);
  expect(report.ended).toBeGreaterThanOrEqual(5);
  expect(report.ended).toBeLessThan(40);
  expect(await end({ role: 'app' })).toMatchObject({ ended: 40 - report.ended });
});

test('batch tokens are named and go on, until their entity is disabled', async () => {
  await writeRole('app', { token_type: 'batch', token_ttl: '1h' });
  const { client_token, entity_id } = await logIn(alice);

  const report = await end({ role: 'app' });
  expect(report).toMatchObject({ matched: 0, notes: [expect.stringContaining('Batch tokens')] });
  await use(client_token);

  await sandbox.vault('POST', `identity/entity/id/${entity_id}`, { disabled: true });
  await expect(use(client_token)).rejects.toMatchObject({ status: 403 });
  await sandbox.vault('POST', `identity/entity/id/${entity_id}`, { disabled: false });
});

test('the token of the person who runs it is kept if it is one of them', async () => {
  await sandbox.vault('POST', 'sys/policies/acl/operator', {
    policy:
      'path "auth/*" { capabilities = ["read", "list", "update", "sudo"] } path "sys/auth/*" { capabilities = ["read"] }',
  });
  await writeRole('app', { token_policies: ['operator'] });
  const token = await tokenOf(bob);
  await tokenOf(alice);

  const methodClient = { vaultAddress: sandbox.record.vault.address, token, mountPath: MOUNT };
  expect(await endTokens(methodClient, { role: 'app' })).toMatchObject({
    matched: 2,
    ended: 1,
    notes: [expect.stringContaining('Your own token')],
  });
  await use(token);
});

test('all tokens of the mount end by the prefix of their leases', async () => {
  const tokens = [await tokenOf(alice), await tokenOf(bob, 'other')];
  await sandbox.vault('POST', `sys/leases/revoke-prefix/auth/${MOUNT}/login`);

  for (const token of tokens) {
    await expect(use(token)).rejects.toMatchObject(REFUSED);
  }
});
