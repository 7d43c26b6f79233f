import { DeleteAccessKeyCommand, DeleteUserCommand, UpdateUserCommand } from '@aws-sdk/client-iam';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import { VaultError } from '../../../lib/vault-api/vault-client';
import { type AwsSide, endTokens, explainLogin } from '../../../lib/operate/runbook';
import type { AccessKey } from '../../../sandbox/servers';
import { adminSide } from '../support/admin-side';
import { assumeRole } from '../support/other-account';
import { type CallingPrincipal, iamArn, makePrincipals } from '../support/principals';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const MOUNT = 'aws';
const OTHER = '222222222222';

let sandbox: TestSandbox;
let aws: AwsSide;
let principals: Record<string, CallingPrincipal>;
/** By name: what was written. A write that Vault refuses is not among them. */
const roles: Record<string, { binds: string[]; resolve: boolean }> = {};

const BINDS = [
  [iamArn('user/alice')],
  [iamArn('user/bob')],
  [iamArn('user/team/bob')],
  [iamArn('user/mallory')],
  [iamArn('role/worker')],
  [iamArn('role/deploy')],
  [iamArn('role/services/deploy')],
  [`arn:aws:sts::${ACCOUNT}:assumed-role/worker/session`],
  [iamArn('user/eve', OTHER)],
  [iamArn('user/*')],
  [iamArn('role/*')],
  [iamArn('user/team/*')],
  [iamArn('role/services/*')],
  [iamArn('user/a*')],
  [iamArn('user/bo*')],
  [iamArn('role/dep*')],
  [iamArn('*')],
  [iamArn('user/*', OTHER)],
  [iamArn('user/*/bob')],
  ['*role/services/*'],
  [iamArn('user/alice'), iamArn('role/services/*')],
  [iamArn('user/mallory'), iamArn('user/team/*')],
  [iamArn('user/bob'), iamArn('user/x*')],
];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  const { endpoint, admin } = sandbox.record.aws;
  aws = adminSide(sandbox);
  await sandbox.vault('POST', `sys/auth/${MOUNT}`, { type: 'aws' });
  await sandbox.vault('POST', `auth/${MOUNT}/config/client`, {
    access_key: admin.accessKeyId,
    secret_key: admin.secretAccessKey,
    iam_endpoint: endpoint,
    sts_endpoint: endpoint,
    sts_region: 'us-east-1',
  });
  principals = await makePrincipals(sandbox, OTHER);
  for (const [index, binds] of BINDS.entries()) {
    for (const resolve of [true, false]) {
      await writeRole(`r${index}-${resolve ? 'resolved' : 'plain'}`, binds, resolve);
    }
  }
  const { mallory } = principals;
  const UserName = 'mallory';
  await aws.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: mallory!.key.accessKeyId }));
  await aws.iam.send(new DeleteUserCommand({ UserName }));
  principals.mallory = { arn: mallory!.arn, key: await sandbox.createUser('mallory') };
});
afterAll(() => sandbox.stop());

async function writeRole(name: string, binds: string[], resolve: boolean): Promise<void> {
  try {
    await sandbox.vault('POST', `auth/${MOUNT}/role/${name}`, {
      auth_type: 'iam',
      bound_iam_principal_arn: binds,
      resolve_aws_unique_ids: resolve,
      token_policies: [name],
      token_ttl: '10m',
    });
    roles[name] = { binds, resolve };
  } catch (error) {
    // Vault can't resolve what is in no account that it reaches, nor a session.
    expect(error).toBeInstanceOf(VaultError);
  }
}

interface Auth {
  token_policies: string[];
  identity_policies?: string[];
  lease_duration: number;
}
const logIn = async (role: string, key: AccessKey): Promise<Auth | undefined> => {
  const body = { role, ...loginFields(await signIdentityRequest(key)) };
  try {
    return (await sandbox.vault<{ auth: Auth }>('POST', `auth/${MOUNT}/login`, body, '')).auth;
  } catch (error) {
    expect((error as VaultError).message).toMatch(
      /does not belong to the role|no STS configuration found|unable to fetch client/,
    );
    return undefined;
  }
};

const methodClient = () => ({
  vaultAddress: sandbox.record.vault.address,
  token: sandbox.record.vault.token,
  mountPath: MOUNT,
});
const explain = (role: string, arn: string, side: AwsSide | undefined = aws) =>
  explainLogin(methodClient(), role, arn, side);

/** Every role with every principal: what differs between the explanation and a real login. */
async function compareAll(names = Object.keys(principals), side = aws) {
  const differences: string[] = [];
  const count = { yes: 0, no: 0, unknown: 0 };
  for (const role of Object.keys(roles)) {
    for (const name of names) {
      const { arn, key } = principals[name]!;
      const explained = await explain(role, arn, side);
      const auth = await logIn(role, key);
      count[explained.login]++;
      const expected = auth
        ? { login: 'yes', policies: auth.token_policies, ttl: auth.lease_duration }
        : { login: 'no', policies: undefined, ttl: undefined };
      const actual = {
        login: explained.login,
        policies: explained.tokenPolicies && [...explained.tokenPolicies],
        ttl: explained.ttlSeconds,
      };
      if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        const { binds, resolve } = roles[role]!;
        differences.push(`${name} by ${binds.join()} (${resolve}): ${JSON.stringify({ actual, expected })}`);
      }
    }
  }
  return { differences, count };
}

test('for generated binds and principals the explanation is what a real login does', async () => {
  const { differences, count } = await compareAll();

  expect(differences).toEqual([]);
  expect(count.yes).toBeGreaterThan(40);
  expect(count.no).toBeGreaterThan(150);
  expect(count.unknown).toBe(0);
});

test('the same for a user of another account, once Vault may look there', async () => {
  await sandbox.vault('POST', `auth/${MOUNT}/config/sts/${OTHER}`, { sts_role: iamArn('role/vault', OTHER) });
  const theirs = adminSide(sandbox, OTHER, await assumeRole(sandbox, 'vault', OTHER));

  const wildcard = Object.keys(roles).find((name) => roles[name]!.binds[0] === iamArn('user/*', OTHER))!;
  expect(await explain(wildcard, principals.eve!.arn)).toMatchObject({
    login: 'unknown',
    reasons: [{ cause: expect.stringContaining(`AWS credentials of account ${OTHER} are needed`) as string }],
  });
  const { differences, count } = await compareAll(['eve'], theirs);
  expect(differences).toEqual([]);
  expect(count.yes).toBeGreaterThan(1);

  await sandbox.vault('DELETE', `auth/${MOUNT}/config/sts/${OTHER}`);
});

const roleOf = (bind: string, resolve: boolean) =>
  Object.keys(roles).find(
    (name) =>
      roles[name]!.binds.length === 1 && roles[name]!.binds[0] === bind && roles[name]!.resolve === resolve,
  )!;

describe('it says which rule lets in:', () => {
  test.each([
    ['unique ID', iamArn('user/team/bob'), true],
    ['canonical ARN', iamArn('user/bob'), false],
    ['wildcard', iamArn('user/team/*'), false],
  ])('%s', async (rule, bind, resolve) => {
    expect(await explain(roleOf(bind, resolve), principals.bob!.arn)).toMatchObject({ login: 'yes', rule });
  });
});

describe('it says why not:', () => {
  test.each([
    ['made again', 'mallory', iamArn('user/mallory'), true, /deleted and made again/],
    ['a path and no resolving', 'bob', iamArn('user/team/bob'), false, /never matches: with resolve/],
    [
      'a session as bind',
      'worker',
      `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session`,
      false,
      /never matches/,
    ],
    [
      'another path',
      'bob',
      iamArn('user/bo*'),
      true,
      /against the ARN with the path, and that is '.*team\/bob'/,
    ],
    ['nothing means it', 'alice', iamArn('user/bob'), true, /No bind of the role means '.*user\/alice'/],
    [
      'an account out of reach',
      'eve',
      iamArn('user/*', OTHER),
      true,
      /no role to assume in account 222222222222/,
    ],
  ])('%s', async (_, name, bind, resolve, cause) => {
    expect(await explain(roleOf(bind, resolve), principals[name]!.arn)).toMatchObject({
      login: 'no',
      reasons: [{ cause: expect.stringMatching(cause) as string }],
    });
  });

  test.each([
    [iamArn('root'), /is the root user/],
    [`arn:aws:sts::${ACCOUNT}:federated-user/bob`, /is a federated user/],
    [iamArn('group/devs'), /is a group: its members log in/],
    [iamArn('user/nobody'), /AWS has no user 'nobody'/],
    ['bob', /is not the ARN of a principal/],
    [iamArn('user/*'), /name one principal/],
  ])('%s', async (arn, cause) => {
    expect(await explain(roleOf(iamArn('user/*'), true), arn)).toMatchObject({
      login: 'no',
      reasons: [{ cause: expect.stringMatching(cause) as string }],
    });
  });

  test('a role that is not there, and one that was closed', async () => {
    const { arn, key } = principals.alice!;
    expect((await explain('nothing', arn)).reasons[0]!.cause).toBe(
      "There is no role 'nothing' on the mount 'aws'.",
    );
    await writeRole('closed', [arn], false);
    await endTokens(methodClient(), { role: 'closed' }, { close: true });

    expect(await explain('closed', arn)).toMatchObject({
      login: 'no',
      reasons: [{ cause: "The role 'closed' was closed: its token_bound_cidrs let nobody in." }],
    });
    const body = { role: 'closed', ...loginFields(await signIdentityRequest(key)) };
    await expect(sandbox.vault('POST', `auth/${MOUNT}/login`, body, '')).rejects.toMatchObject({
      status: 403,
    });
  });
});

test('without AWS it says what it does not know, and what it does', async () => {
  const { arn } = principals.bob!;
  const withoutAws = (role: string) => explainLogin(methodClient(), role, arn);

  expect(await withoutAws(roleOf(iamArn('user/team/*'), true))).toMatchObject({ login: 'unknown' });
  expect(await withoutAws(roleOf(iamArn('user/bob'), true))).toMatchObject({ login: 'unknown' });
  expect(await withoutAws(roleOf(iamArn('user/bob'), false))).toMatchObject({ login: 'yes' });
});

test('a user moved to another path is matched by the old one for a while, and the note says so', async () => {
  const role = roleOf(iamArn('user/team/*'), true);
  expect(await logIn(role, principals.bob!.key)).toBeDefined();
  await aws.iam.send(new UpdateUserCommand({ UserName: 'bob', NewPath: '/elsewhere/' }));

  const { login, notes } = await explain(role, principals.bob!.arn);
  expect(login).toBe('no');
  expect(notes).toEqual([expect.stringContaining('up to 7 days')]);
  expect(await logIn(role, principals.bob!.key)).toBeDefined();
  await aws.iam.send(new UpdateUserCommand({ UserName: 'bob', NewPath: '/team/' }));
});

test('a user renamed after the role was written is let in by its unique ID', async () => {
  const iam = sandbox.iam();
  const key = await sandbox.createUser('miss');
  await writeRole('renamed', [iamArn('user/miss')], true);
  await iam.send(new UpdateUserCommand({ UserName: 'miss', NewUserName: 'mrs' }));

  expect(await explain('renamed', iamArn('user/mrs'))).toMatchObject({ login: 'yes', rule: 'unique ID' });
  expect(await logIn('renamed', key)).toBeDefined();
});

test.each(['unique_id', 'full_arn', 'canonical_arn'])(
  'policies of an identity group are those of a real login, with iam_alias %s',
  async (iam_alias) => {
    await sandbox.vault('POST', `auth/${MOUNT}/config/identity`, { iam_alias });
    const role = roleOf(iamArn('user/bob'), false);
    const { arn, key } = principals.bob!;
    await logIn(role, key);
    const { data } = await sandbox.vault<{ data: { keys: string[] } }>('GET', 'identity/entity/id?list=true');
    await sandbox.vault('POST', 'identity/group/name/all', {
      policies: ['from-group'],
      member_entity_ids: data.keys,
    });

    const auth = await logIn(role, key);
    expect(auth!.identity_policies).toEqual(['from-group']);
    expect(await explain(role, arn)).toMatchObject({ identityPolicies: ['from-group'] });
  },
);
