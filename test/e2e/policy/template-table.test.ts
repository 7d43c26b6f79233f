import type { CallerKind, RoleKind } from '../../../lib/constructs/vault/mount/caller';
import {
  aliasRows,
  type AliasRow,
  ENTITY_VALUES,
  NAMING,
  TEMPLATE_TABLE,
} from '../../../lib/constructs/vault/mount/template-table';
import { EC2_METADATA, IAM_METADATA } from '../../../lib/constructs/vault/mount/identity-config';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import { alias, entity, renderHcl } from '../../../lib/policy';
import type { AccessKey } from '../../../sandbox/servers';
import { assumeRole } from '../support/other-account';
import { ask, isAllowed, writePolicy } from '../support/policy-token';
import { iamArn } from '../support/principals';
import { type MadeLogin, TemplateLogins } from '../support/template-logins';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
let logins: TemplateLogins;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  logins = await TemplateLogins.start(sandbox);
  await sandbox.vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } });
});
afterAll(() => sandbox.stop());

const KINDS = Object.keys(TEMPLATE_TABLE) as RoleKind[];

const rows = KINDS.flatMap((kind) =>
  aliasRows(kind).map(([alias, row]): [RoleKind, string, AliasRow] => [kind, alias, row]),
);

const valuesOf = (kind: RoleKind) => [...ENTITY_VALUES, ...(kind === 'ec2' ? EC2_METADATA : IAM_METADATA)];

/** Its own value was there at the login, and still is after all others logged in. */
const stays = (value: string) => (login: MadeLogin) =>
  login.atLogin[value] !== undefined && login.later[value] === login.atLogin[value];

/** Each caller has one value, and no two callers have the same. */
function tellsApart(made: readonly MadeLogin[], caller: CallerKind, value: string): boolean {
  const pairs = made.flatMap((one) => made.map((other): [MadeLogin, MadeLogin] => [one, other]));
  return pairs.every(
    ([one, other]) => (one.is[caller] === other.is[caller]) === (one.atLogin[value] === other.atLogin[value]),
  );
}

test.each(rows)('%s with the alias %s: the table says what logins show', async (kind, alias, row) => {
  const path = `${kind}-${alias}`.replaceAll(/\W/g, '-');
  const accessor = await logins.mount(
    path,
    kind === 'ec2' ? 'role_id' : alias,
    kind === 'ec2' ? alias : 'role_id',
  );

  const made = await logins.logIn(kind, path, accessor);

  const callers = [...new Set(made.flatMap(({ is }) => Object.keys(is)))] as CallerKind[];
  const shown = (caller: CallerKind) => {
    const of = made.filter(({ is }) => is[caller] !== undefined);
    return valuesOf(kind).filter(
      (value) => NAMING.includes(value) && of.every(stays(value)) && tellsApart(of, caller, value),
    );
  };
  expect({
    anyCaller: valuesOf(kind).filter((value) => !NAMING.includes(value) && made.every(stays(value))),
    own: Object.fromEntries(callers.map((caller) => [caller, shown(caller)])),
  }).toEqual({
    anyCaller: row.anyCaller,
    own: Object.fromEntries(callers.map((caller) => [caller, row.own[caller] ?? []])),
  });
});

/** A caller's token that may read at a template, and nothing else. */
async function reader(
  path: string,
  role: object,
  template: (accessor: string) => string,
  iamAlias = 'unique_id',
) {
  const accessor = await logins.mount(path, iamAlias, 'role_id');
  const rules = [{ path: `kv/${template(accessor)}/*`, capabilities: ['read' as const] }];
  const policies = await writePolicy(sandbox, renderHcl(rules));
  await sandbox.vault('POST', `auth/${path}/role/people`, { auth_type: 'iam', policies, ...role });
}

const logIn = async (path: string, key: AccessKey) => {
  const body = { role: 'people', ...loginFields(await signIdentityRequest(key, {})) };
  const { auth } = await sandbox.vault<{ auth: { client_token: string; entity_id: string } }>(
    'POST',
    `auth/${path}/login`,
    body,
    '',
  );
  return auth;
};

const reads = async (token: string, path: string) => {
  await sandbox.vault('POST', path, { a: 'secret' });
  return isAllowed(sandbox, token, { method: 'GET', path });
};

const clientArn = (accessor: string) => alias(accessor).metadata('client_arn');
const APP = { bound_iam_principal_arn: iamArn('role/r1'), resolve_aws_unique_ids: false };
const sessionArn = (name: string) => `kv/arn:aws:sts::${ACCOUNT}:assumed-role/r1/${name}/db`;

test('the login of a session moves the token of another session of its role to its folder', async () => {
  await reader('moved', APP, clientArn);
  const { client_token: first } = await logIn('moved', await assumeRole(sandbox, 'r1', ACCOUNT, 'first'));
  expect([await reads(first, sessionArn('first')), await reads(first, sessionArn('second'))]).toEqual([
    true,
    false,
  ]);

  await logIn('moved', await assumeRole(sandbox, 'r1', ACCOUNT, 'second'));

  expect([await reads(first, sessionArn('first')), await reads(first, sessionArn('second'))]).toEqual([
    false,
    true,
  ]);
});

test('sessions whose names differ in case only share an entity', async () => {
  await reader('cases', APP, () => entity.id, 'full_arn');

  const lower = await logIn('cases', await assumeRole(sandbox, 'r1', ACCOUNT, 'app'));
  const upper = await logIn('cases', await assumeRole(sandbox, 'r1', ACCOUNT, 'App'));

  expect(upper.entity_id).toBe(lower.entity_id);
});

test('a user named + behind a wildcard reads the folders of all ARNs', async () => {
  const role = { bound_iam_principal_arn: iamArn('user/*') };
  await reader('plus', role, clientArn);

  const { client_token } = await logIn('plus', await sandbox.createUser('+'));

  expect(await reads(client_token, `kv/${iamArn('user/u2')}/db`)).toBe(true);
});

test.each([
  [['account_id', 'auth_type'], 200],
  [['client_arn'], 500],
])('a token with the metadata %j is renewed with %i', async (iam_metadata, status) => {
  const path = `renewed-${status}`;
  await reader(path, APP, () => entity.id);
  await sandbox.vault('POST', `auth/${path}/config/identity`, { iam_metadata, ec2_metadata: [] });
  const { client_token } = await logIn(path, await assumeRole(sandbox, 'r1'));

  const renewed = await ask(sandbox, client_token, { method: 'POST', path: 'auth/token/renew-self' });

  expect(renewed.status).toBe(status);
});
