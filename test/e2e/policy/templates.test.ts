import { alias, checkRules, entity, group, type PolicyRule, renderHcl } from '../../../lib/policy';
import { isAllowed, tokenOf, tokenWith, writePolicy } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
let accessor: string;
let ids: { entity: string; alias: string; group: string };

const PASSWORD = { password: 'correct horse' };

/** Logs in as ann, with a policy of these rules and nothing else. */
async function annWith(rules: readonly PolicyRule[]): Promise<string> {
  expect(checkRules(rules)).toEqual([]);
  const policy = await writePolicy(sandbox, renderHcl(rules));
  await sandbox.vault('POST', 'auth/userpass/users/ann', {
    ...PASSWORD,
    token_policies: policy,
    token_no_default_policy: true,
  });
  return (await logIn()).client_token;
}

async function logIn() {
  const answer = await sandbox.vault<{ auth: { client_token: string; entity_id: string } }>(
    'POST',
    'auth/userpass/login/ann',
    PASSWORD,
  );
  return answer.auth;
}

const reads = (token: string, path: string) => isAllowed(sandbox, token, { method: 'GET', path });

/** A secret at each path, or a read would be a 404. */
async function readsOf(token: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await sandbox.vault('POST', path, { a: 'x' });
    if (await reads(token, path)) {
      found.push(path);
    }
  }
  return found;
}

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } });
  await sandbox.vault('POST', 'sys/auth/userpass', { type: 'userpass' });
  const mount = await sandbox.vault<{ data: { accessor: string } }>('GET', 'sys/auth/userpass');
  accessor = mount.data.accessor;

  await sandbox.vault('POST', 'auth/userpass/users/ann', PASSWORD);
  const entityId = (await logIn()).entity_id;
  await sandbox.vault('POST', `identity/entity/id/${entityId}`, {
    name: 'ann-smith',
    metadata: { team: 'billing', pattern: '*' },
  });
  const { data } = await sandbox.vault<{ data: { aliases: { id: string }[] } }>(
    'GET',
    `identity/entity/id/${entityId}`,
  );
  const aliasId = data.aliases[0]!.id;
  await sandbox.vault('POST', `identity/entity-alias/id/${aliasId}`, {
    name: 'ann',
    canonical_id: entityId,
    mount_accessor: accessor,
    custom_metadata: { 'example.com/floor': 'third' },
  });
  const created = await sandbox.vault<{ data: { id: string } }>('POST', 'identity/group', {
    name: 'my team',
    member_entity_ids: [entityId],
    metadata: { cost_center: 'c7' },
  });
  ids = { entity: entityId, alias: aliasId, group: created.data.id };
});
afterAll(() => sandbox.stop());

describe('a template of the entity that asks leads to its own value, and to no other:', () => {
  test.each<[string, () => string, () => string]>([
    ['entity.id', () => entity.id, () => ids.entity],
    ['entity.name', () => entity.name, () => 'ann-smith'],
    ['entity.metadata', () => entity.metadata('team'), () => 'billing'],
    ['alias.id', () => alias(accessor).id, () => ids.alias],
    ['alias.name', () => alias(accessor).name, () => 'ann'],
    ['alias.customMetadata', () => alias(accessor).customMetadata('example.com/floor'), () => 'third'],
    ['group.id by name', () => group({ name: 'my team' }).id, () => ids.group],
    ['group.name by ID', () => group({ id: ids.group }).name, () => 'my team'],
    ['group.metadata', () => group({ id: ids.group }).metadata('cost_center'), () => 'c7'],
  ])('%s', async (_, template, value) => {
    const rules: PolicyRule[] = [{ path: `kv/${template()}/*`, capabilities: ['read'] }];
    const paths = [`kv/${value()}/app`, 'kv/else/app'];

    expect(await readsOf(await annWith(rules), paths)).toEqual([paths[0]]);
    expect(await readsOf(await tokenWith(sandbox, rules), paths)).toEqual([]);
  });
});

describe('a rule does not apply where there is no value:', () => {
  test.each<[string, () => string]>([
    ['no such metadata', () => entity.metadata('none')],
    ['no alias at the mount', () => alias('auth_userpass_00000000').name],
    ['no member of the group', () => group({ name: 'others' }).name],
  ])('%s', async (_, template) => {
    const token = await annWith([{ path: `kv/${template()}*`, capabilities: ['read'] }]);

    expect(await readsOf(token, ['kv/app'])).toEqual([]);
  });
});

test('a template that Vault does not know is stored, and the rule passed over in silence', async () => {
  const path = 'kv/{{identity.entity.nickname}}*';
  expect(checkRules([{ path, capabilities: ['read'] }])).toHaveLength(1);

  const token = await tokenOf(sandbox, renderHcl([{ path, capabilities: ['read'] }]));
  expect(await readsOf(token, ['kv/app'])).toEqual([]);
});

test('a value is filled in before wildcards are looked for, so that `*` in it opens everything', async () => {
  const token = await annWith([{ path: `kv/${entity.metadata('pattern')}`, capabilities: ['read'] }]);

  expect(await readsOf(token, ['kv/app', 'kv/else/app'])).toEqual(['kv/app', 'kv/else/app']);
});
