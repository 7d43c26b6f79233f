import { checkRules, type PolicyRule } from '../../lib/policy';

const check = (constraints: Partial<PolicyRule>) =>
  checkRules([{ path: 'auth/token/create', capabilities: ['update'], ...constraints }]);

describe('a good rule', () => {
  test.each<Partial<PolicyRule>>([
    { requiredParameters: ['ttl', 'policies'] },
    { allowedParameters: { ttl: ['1h', '2*'], renewable: [false], '*': [] } },
    { deniedParameters: { no_parent: [] } },
    { deniedParameters: { '*': [] } },
    { minWrappingTtl: 1 },
    { minWrappingTtl: 60, maxWrappingTtl: 60 },
    { capabilities: ['read', 'subscribe'], subscribeEventTypes: ['kv*'] },
  ])('may have %j', (constraints) => {
    expect(check(constraints)).toEqual([]);
  });
});

describe('parameters are refused:', () => {
  const NONE =
    'Vault takes an empty list as no constraint; name a parameter or leave the field out; got none';

  test.each<[Partial<PolicyRule>, string]>([
    [{ requiredParameters: [] }, `requiredParameters of path 'auth/token/create': ${NONE}`],
    [{ allowedParameters: {} }, `allowedParameters of path 'auth/token/create': ${NONE}`],
    [{ deniedParameters: {} }, `deniedParameters of path 'auth/token/create': ${NONE}`],
    [
      { requiredParameters: ['ttl', 'ttl'] },
      "requiredParameters of path 'auth/token/create': Vault ignores the case of names, so name each parameter once; got 'ttl' after 'ttl'",
    ],
    [
      { requiredParameters: ['Ttl'] },
      "requiredParameters of path 'auth/token/create': Vault finds only names in lower case in a request; write 'ttl'; got 'Ttl'",
    ],
    [
      { allowedParameters: { ttl: [], Ttl: ['1h'] } },
      "allowedParameters of path 'auth/token/create': Vault ignores the case of names, so name each parameter once; got 'Ttl' after 'ttl'",
    ],
    [
      { requiredParameters: [''] },
      "requiredParameters of path 'auth/token/create': a name must not be empty or have outer white space; got ''",
    ],
    [
      { deniedParameters: { 'ttl ': [] } },
      "deniedParameters of path 'auth/token/create': a name must not be empty or have outer white space; got 'ttl '",
    ],
    [
      { requiredParameters: ['*'] },
      "requiredParameters of path 'auth/token/create': '*' matches no other name here; name each parameter; got '*'",
    ],
    [
      { allowedParameters: { '*': ['a', 'b'] } },
      "allowedParameters of path 'auth/token/create': Vault ignores the values of '*'; leave its list empty or name the parameters; got a, b",
    ],
    [
      { deniedParameters: { num_uses: [0, 'x'] } },
      "deniedParameters of path 'auth/token/create': Vault finds no number of a request equal to one of a policy; leave the list empty to cover any value; got num_uses = 0",
    ],
    [
      { path: 'secret/data/app', deniedParameters: { password: [] } },
      "deniedParameters of path 'secret/data/app': KV version 2 supports no parameter constraints, because its secrets are one parameter; leave the field out",
    ],
  ])('%j', (constraints, message) => {
    expect(check(constraints)).toEqual([`rules[0].${message}`]);
  });
});

describe('a wrapping TTL is refused:', () => {
  test.each<[Partial<PolicyRule>, string]>([
    [
      { minWrappingTtl: 0 },
      "minWrappingTtl of path 'auth/token/create': a wrapping TTL is a whole number of seconds above 0; got 0",
    ],
    [
      { maxWrappingTtl: 1.5 },
      "maxWrappingTtl of path 'auth/token/create': a wrapping TTL is a whole number of seconds above 0; got 1.5",
    ],
    [
      { maxWrappingTtl: NaN },
      "maxWrappingTtl of path 'auth/token/create': a wrapping TTL is a whole number of seconds above 0; got NaN",
    ],
    [
      { minWrappingTtl: 61, maxWrappingTtl: 60 },
      "maxWrappingTtl of path 'auth/token/create': it must not be below minWrappingTtl, 61; got 60",
    ],
  ])('%j', (constraints, message) => {
    expect(check(constraints)).toEqual([`rules[0].${message}`]);
  });
});

describe('event types are refused:', () => {
  test.each<[Partial<PolicyRule>, string]>([
    [
      { capabilities: ['subscribe'], subscribeEventTypes: [] },
      "it names event types; write ['kv*'] or leave the field out; got an empty one or none",
    ],
    [
      { capabilities: ['subscribe'], subscribeEventTypes: ['kv*', ''] },
      "it names event types; write ['kv*'] or leave the field out; got an empty one or none",
    ],
    [
      { capabilities: ['read', 'list'], subscribeEventTypes: ['kv*'] },
      "only 'subscribe' uses it; add that or leave the field out; got read, list",
    ],
  ])('%j', (constraints, message) => {
    expect(check(constraints)).toEqual([
      `rules[0].subscribeEventTypes of path 'auth/token/create': ${message}`,
    ]);
  });
});

test('together with deny nothing is read, so nothing may be there', () => {
  const problems = check({
    capabilities: ['deny'],
    requiredParameters: ['ttl'],
    allowedParameters: { ttl: [] },
    deniedParameters: {},
    minWrappingTtl: -1,
    maxWrappingTtl: 60,
    subscribeEventTypes: ['kv*'],
  });
  expect(problems).toHaveLength(6);
  expect(problems[0]).toBe(
    "rules[0].requiredParameters of path 'auth/token/create': Vault does not read it together with 'deny'; leave it out",
  );
});

test('all problems of a rule are named at once', () => {
  expect(check({ requiredParameters: ['*', ''], deniedParameters: {}, minWrappingTtl: -1 })).toHaveLength(4);
});
