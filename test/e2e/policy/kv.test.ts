import { combineRules, kv1, kv2, type PolicyRule, renderHcl } from '../../../lib/policy';
import { type Ask, ask, isAllowed, tokenOf, tokenWith } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } });
});
afterAll(() => sandbox.stop());

const DATA = { data: { password: 'x' } };

/** Every request of the KV version 2 API on a secret, by a name for the tables below. */
const KV2_REQUESTS: Record<string, (secret: string) => Ask> = {
  'data create': (secret) => ({ method: 'POST', path: `secret/data/${secret}-new`, body: DATA }),
  'data read': (secret) => ({ method: 'GET', path: `secret/data/${secret}` }),
  'data read version': (secret) => ({
    method: 'GET',
    path: `secret/data/${secret}`,
    query: { version: '1' },
  }),
  'data update': (secret) => ({ method: 'POST', path: `secret/data/${secret}`, body: DATA }),
  'data patch': (secret) => ({ method: 'PATCH', path: `secret/data/${secret}`, body: DATA }),
  'data delete': (secret) => ({ method: 'DELETE', path: `secret/data/${secret}` }),
  'subkeys read': (secret) => ({ method: 'GET', path: `secret/subkeys/${secret}` }),
  'metadata list': (secret) => ({ method: 'LIST', path: `secret/metadata/${secret.split('/')[0]}` }),
  'metadata read': (secret) => ({ method: 'GET', path: `secret/metadata/${secret}` }),
  'metadata update': (secret) => ({
    method: 'POST',
    path: `secret/metadata/${secret}`,
    body: { max_versions: 1 },
  }),
  'metadata patch': (secret) => ({
    method: 'PATCH',
    path: `secret/metadata/${secret}`,
    body: { max_versions: 1 },
  }),
  'metadata delete': (secret) => ({ method: 'DELETE', path: `secret/metadata/${secret}` }),
  'delete versions': (secret) => ({
    method: 'POST',
    path: `secret/delete/${secret}`,
    body: { versions: [1] },
  }),
  undelete: (secret) => ({ method: 'POST', path: `secret/undelete/${secret}`, body: { versions: [1] } }),
  destroy: (secret) => ({ method: 'POST', path: `secret/destroy/${secret}`, body: { versions: [1] } }),
};

const KV1_REQUESTS: Record<string, (secret: string) => Ask> = {
  create: (secret) => ({ method: 'POST', path: `kv/${secret}-new`, body: { password: 'x' } }),
  read: (secret) => ({ method: 'GET', path: `kv/${secret}` }),
  update: (secret) => ({ method: 'POST', path: `kv/${secret}`, body: { password: 'y' } }),
  list: (secret) => ({ method: 'LIST', path: `kv/${secret.split('/')[0]}` }),
  delete: (secret) => ({ method: 'DELETE', path: `kv/${secret}` }),
};

let secrets = 0;

/** The requests that the rules allow, each on a secret of its own in the folder. */
async function allowed(
  rules: PolicyRule[],
  requests: Record<string, (secret: string) => Ask>,
  folder: string,
) {
  const token = await tokenWith(sandbox, rules);
  const found: string[] = [];
  for (const [name, request] of Object.entries(requests)) {
    secrets += 1;
    const secret = `${folder}/${secrets}`;
    await sandbox.vault('POST', `secret/data/${secret}`, DATA);
    await sandbox.vault('POST', `kv/${secret}`, { password: 'x' });
    if (await isAllowed(sandbox, token, request(secret))) {
      found.push(name);
    }
  }
  return found;
}

describe('KV version 2: on its folder, and on no other,', () => {
  test.each<[keyof typeof kv2, string[]]>([
    ['read', ['data read', 'data read version', 'metadata read']],
    ['list', ['metadata list']],
    ['write', ['data create', 'data update', 'data patch']],
    ['delete', ['data delete', 'delete versions']],
    ['undelete', ['undelete']],
    ['destroy', ['metadata delete', 'destroy']],
  ])('%s allows %j', async (helper, names) => {
    const rules = kv2[helper]('secret', 'app/*');

    expect(await allowed(rules, KV2_REQUESTS, 'app')).toEqual(names);
    expect(await allowed(rules, KV2_REQUESTS, 'other')).toEqual([]);
  });

  test('all helpers together allow all but to read the keys alone and to change the settings', async () => {
    const rules = combineRules(...Object.values(kv2).map((helper) => helper('secret', 'app/*')));

    expect(await allowed(rules, KV2_REQUESTS, 'app')).toEqual(
      Object.keys(KV2_REQUESTS).filter(
        (name) => !['subkeys read', 'metadata update', 'metadata patch'].includes(name),
      ),
    );
  });
});

test('KV version 2: `*` lists from the root of the mount down', async () => {
  const token = await tokenWith(sandbox, kv2.list('secret', '*'));

  expect((await ask(sandbox, token, { method: 'LIST', path: 'secret/metadata' })).body.data).toHaveProperty(
    'keys',
  );
});

test('KV version 2 does not judge what is in a secret: a denied parameter denies nothing', async () => {
  const token = await tokenOf(
    sandbox,
    renderHcl([{ path: 'secret/data/judged', capabilities: ['create'], deniedParameters: { password: [] } }]),
  );

  expect(await isAllowed(sandbox, token, { method: 'POST', path: 'secret/data/judged', body: DATA })).toBe(
    true,
  );
});

describe('KV version 1: on its folder, and on no other,', () => {
  test.each<[keyof typeof kv1, string[]]>([
    ['read', ['read']],
    ['list', ['list']],
    ['write', ['create', 'update']],
    ['delete', ['delete']],
  ])('%s allows %j', async (helper, names) => {
    const rules = kv1[helper]('kv', 'app/*');

    expect(await allowed(rules, KV1_REQUESTS, 'app')).toEqual(names);
    expect(await allowed(rules, KV1_REQUESTS, 'other')).toEqual([]);
  });
});
