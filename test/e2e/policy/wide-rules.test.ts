import { findWideRules, type PolicyRule, renderHcl } from '../../../lib/policy';
import { ask, isAllowed, tokenOfPolicy, tokenWith, writePolicy } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';

const EVERYTHING = renderHcl([{ path: '*', capabilities: ['create', 'read', 'update', 'sudo'] }]);

let sandbox: TestSandbox;
let everything: string;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  everything = await writePolicy(sandbox, EVERYTHING);
  await sandbox.vault('POST', 'secret/data/not/theirs', { data: { password: 'x' } });
  await sandbox.vault('POST', 'sys/auth/userpass', { type: 'userpass' });
});
afterAll(() => sandbox.stop());

const PASSWORD = { password: 'correct horse' };

/** The one rule, which findWideRules names. */
function wide(path: string, ...capabilities: PolicyRule['capabilities']): PolicyRule[] {
  const rules: PolicyRule[] = [{ path, capabilities }];
  expect(findWideRules(rules)).toHaveLength(1);
  return rules;
}

const readsAll = (token: string) =>
  isAllowed(sandbox, token, { method: 'GET', path: 'secret/data/not/theirs' });

async function logIn(user: string) {
  const { auth } = await sandbox.vault<{ auth: { client_token: string; entity_id: string } }>(
    'POST',
    `auth/userpass/login/${user}`,
    PASSWORD,
  );
  return auth;
}

describe('who holds a wide rule reads what it does not name:', () => {
  test('by its own policy', async () => {
    const policy = await writePolicy(sandbox, renderHcl(wide('sys/policies/acl/+', 'update')));
    const token = await tokenOfPolicy(sandbox, policy);
    expect(await readsAll(token)).toBe(false);

    const path = `sys/policies/acl/${policy}`;
    await ask(sandbox, token, { method: 'POST', path, body: { policy: EVERYTHING } });
    expect(await readsAll(token)).toBe(true);
  });

  test('by a new token, where it has sudo', async () => {
    const request = { method: 'POST', path: 'auth/token/create', body: { policies: [everything] } } as const;
    const narrow = await tokenWith(sandbox, [{ path: 'auth/token/create', capabilities: ['update'] }]);
    expect((await ask(sandbox, narrow, request)).body.errors).toEqual([
      'child policies must be subset of parent',
    ]);

    const token = await tokenWith(sandbox, wide('auth/token/create', 'update', 'sudo'));
    const { auth } = (await ask(sandbox, token, request)).body;
    expect(await readsAll(auth!.client_token)).toBe(true);
  });

  test('by a new login', async () => {
    const token = await tokenWith(sandbox, wide('auth/userpass/users/*', 'create'));

    await ask(sandbox, token, {
      method: 'POST',
      path: 'auth/userpass/users/mallory',
      body: { ...PASSWORD, token_policies: everything },
    });
    expect(await readsAll((await logIn('mallory')).client_token)).toBe(true);
  });

  test('by its own entity', async () => {
    // By `identity/entity/id/ID` it could not: the default policy names that path of one's own, to read alone.
    const policy = await writePolicy(sandbox, renderHcl(wide('identity/entity', 'update')));
    await sandbox.vault('POST', 'auth/userpass/users/ann', { ...PASSWORD, token_policies: policy });
    const { client_token: token, entity_id: id } = await logIn('ann');
    expect(await readsAll(token)).toBe(false);

    await ask(sandbox, token, {
      method: 'POST',
      path: 'identity/entity',
      body: { id, policies: [everything] },
    });
    expect(await readsAll(token)).toBe(true);
  });
});
