import { type Capability, findWideRules } from '../../lib/policy';

const find = (path: string, ...capabilities: Capability[]) =>
  findWideRules([{ path, capabilities }]).map(({ message }) => message);

const message = (effect: string, got: string) =>
  `rules[0].path: a token with it can ${effect}; narrow it, or give it to administrators only; got ${got}`;

const POLICY = 'write a policy, which may allow everything';
const METHOD = 'mount another auth method, whose logins get any policy';
const LOGIN = 'write which policies a login gets';
const TOKEN = 'make tokens with any policy';
const ENTITY = 'give any entity any policy';
const CORE = "change Vault's storage or programs";

describe('a rule that covers everything is wide with any capability:', () => {
  test.each<[string, Capability]>([
    ['*', 'read'],
    ['*', 'list'],
    ['+/*', 'create'],
    ['+/+/*', 'sudo'],
  ])('%s with %s', (path, capability) => {
    expect(find(path, capability)).toEqual([
      'rules[0].path: it covers every mount, with the secrets and settings of all; name the mounts that the rule is for; ' +
        `got '${path}' with ${capability}`,
    ]);
  });
});

describe('a rule that leads to root is wide:', () => {
  test.each<[string, Capability, string[]]>([
    ['sys/policies/acl/*', 'update', [POLICY]],
    ['sys/policies/acl/dev', 'create', [POLICY]],
    ['sys/policies/*', 'patch', [POLICY]],
    ['sys/policy/+', 'update', [POLICY]],
    ['sys/pol*', 'update', [POLICY]],
    ['+/policies/acl/x', 'update', [POLICY]],
    ['sys/auth/*', 'create', [METHOD]],
    ['sys/*', 'update', [POLICY, METHOD]],
    ['sys/*', 'sudo', [CORE]],
    ['sys/raw/*', 'sudo', [CORE]],
    ['sys/plugins/catalog/secret/mine', 'sudo', [CORE]],
    ['auth/*', 'update', [LOGIN]],
    ['auth/*', 'sudo', [TOKEN]],
    ['auth/aws/role/dev', 'update', [LOGIN]],
    ['auth/token/roles/*', 'create', [LOGIN]],
    ['auth/github/map/teams/dev', 'update', [LOGIN]],
    ['auth/userpass/users/*', 'update', [LOGIN]],
    ['auth/token/create', 'sudo', [TOKEN]],
    ['identity/*', 'update', [ENTITY]],
    ['identity/entity', 'update', [ENTITY]],
    ['identity/entity/id/*', 'update', [ENTITY]],
    ['identity/group/name/dev', 'create', [ENTITY]],
    ['identity/entity-alias', 'update', [ENTITY]],
    ['identity/group-alias/id/+', 'update', [ENTITY]],
  ])('%s with %s', (path, capability, effects) => {
    expect(find(path, capability)).toEqual(
      effects.map((effect) => message(effect, `'${path}' with ${capability}`)),
    );
  });
});

describe('a rule that people need is not wide:', () => {
  test.each<[string, Capability]>([
    ['*', 'deny'],
    ['secret/*', 'sudo'],
    ['+/data/*', 'read'],
    ['sys/*', 'read'],
    ['sys/auth', 'read'],
    ['sys/policies/*', 'list'],
    ['sys/policies/password/*', 'update'],
    ['sys/capabilities-self', 'update'],
    ['sys/leases/revoke-prefix/database/*', 'sudo'],
    ['auth/*', 'list'],
    ['auth/token/create', 'update'],
    ['auth/token/create/dev', 'update'],
    ['auth/token/lookup-self', 'read'],
    ['auth/userpass/users/{{identity.entity.name}}/password', 'update'],
    ['auth/approle/role/dev/secret-id', 'update'],
    ['identity/lookup/entity', 'update'],
    ['identity/entity/id/*', 'read'],
  ])('%s with %s', (path, capability) => {
    expect(find(path, capability)).toEqual([]);
  });

  test('a rule without capabilities', () => {
    expect(find('*')).toEqual([]);
  });
});

test('each wide rule is named by its place, once for each way to root', () => {
  const found = findWideRules([
    { path: 'secret/*', capabilities: ['read'] },
    { path: 'sys/*', capabilities: ['update', 'sudo'] },
    { path: '*', capabilities: ['update', 'sudo'] },
  ]);
  expect(found.map(({ id }) => id)).toEqual(Array(4).fill('policy-root-like'));
  expect(found.map((each) => each.message.slice(0, 8))).toEqual([
    'rules[1]',
    'rules[1]',
    'rules[1]',
    'rules[2]',
  ]);
  expect(found[0]!.message).toBe(
    `rules[1].path: a token with it can ${POLICY}; narrow it, or give it to administrators only; got 'sys/*' with update, sudo`,
  );
});
