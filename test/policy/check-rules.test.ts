import { type Capability, checkRules, type PolicyRule, remarkOnRules } from '../../lib/policy';

const read: PolicyRule = { path: 'secret/data/app', capabilities: ['read'] };
const onPath = (path: string) => checkRules([{ path, capabilities: ['read'] }]);
const withCapabilities = (...capabilities: string[]) =>
  checkRules([{ path: 'secret/data/app', capabilities: capabilities as Capability[] }]);

describe('a good policy', () => {
  test.each([
    'secret/data/app',
    'secret/data/*',
    'secret/data/+/config',
    'secret/data/my app',
    'secret/data/{{identity.entity.id}}/*',
    'sys/',
    'secret/data/.hidden/..a/a..',
    'secret/data/really?',
    'v1beta/data/app',
  ])('may have the path %s', (path) => {
    expect(onPath(path)).toEqual([]);
  });

  test('may forbid a path', () => {
    expect(withCapabilities('deny')).toEqual([]);
  });
});

describe('a path', () => {
  test.each([
    ['', "rules[0].path: a path must not be empty; got ''"],
    ['  ', "rules[0].path: a path must not be empty; got '  '"],
    [
      'v1/secret/a',
      "rules[0].path: a path must not have the API's 'v1/', because Vault would never match it; got 'v1/secret/a'",
    ],
    [
      'secret/"a',
      `rules[0].path: a path must not contain quotes, backslashes, control characters or outer white space; got 'secret/"a'`,
    ],
    [
      'secret/a ',
      "rules[0].path: a path must not contain quotes, backslashes, control characters or outer white space; got 'secret/a '",
    ],
    ...['secret//a', 'secret/a/../b', 'secret/./a', 'secret/a/..'].map((path): [string, string] => [
      path,
      `rules[0].path: a path must have no empty segment, and no segment of dots alone: Vault answers such a request with the path without them; got '${path}'`,
    ]),
    [
      'secret/metadata/a?list=true',
      "rules[0].path: a path must have no query, because Vault does not compare a query with a policy; got 'secret/metadata/a?list=true'",
    ],
    [
      'secret/+*',
      "rules[0].path: Vault refuses '+*'; use '+' for one segment or '*' at the end; got 'secret/+*'",
    ],
    [
      'secret/*/a',
      "rules[0].path: '*' is a wildcard only as the last character; use '+' for one segment; got 'secret/*/a'",
    ],
  ])('%j is refused', (path, message) => {
    expect(onPath(path)).toEqual([message]);
  });

  test('with two faults has both named', () => {
    expect(onPath('v1/secret/*/a')).toHaveLength(2);
  });

  test('may stand once in a policy', () => {
    expect(checkRules([read, { ...read, capabilities: ['list'] }])).toEqual([
      "rules[1].path: a policy has each path only once, because Vault would merge the two; got 'secret/data/app' again after rules[0]",
    ]);
  });
});

describe('the capabilities of a path', () => {
  const place = "rules[0].capabilities of path 'secret/data/app': ";

  test('must not be empty', () => {
    expect(withCapabilities()).toEqual([
      `${place}at least one is needed; use ['deny'] to forbid the path; got an empty list`,
    ]);
  });

  test('must exist in Vault', () => {
    expect(withCapabilities('read', 'write')).toEqual([
      `${place}'write' is not a capability of Vault; it has create, read, update, delete, list, patch, subscribe, recover, sudo, deny`,
    ]);
  });

  test('must not put deny together with others', () => {
    expect(withCapabilities('read', 'deny')).toEqual([
      `${place}'deny' overrides the others, so it must be the only one; got read, deny`,
    ]);
  });
});

test('a policy needs a rule', () => {
  expect(checkRules([])).toEqual(['rules: a policy needs at least one rule; got an empty list']);
});

test('a leading slash is taken off by Vault, so it is remarked on and is no problem', () => {
  const rules: PolicyRule[] = [{ path: '/secret/a', capabilities: ['read'] }];

  expect(checkRules(rules)).toEqual([]);
  expect(remarkOnRules(rules)).toEqual([
    "rules[0].path: Vault takes the '/' off the beginning of a path, because its paths are relative to the API's root; got '/secret/a'",
  ]);
  expect(remarkOnRules([{ path: '', capabilities: ['read'] }])).toEqual([]);
});
