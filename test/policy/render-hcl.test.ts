import fc from 'fast-check';
import { type ParameterValues, type PolicyRule, renderHcl } from '../../lib/policy';
import { arbitraryRules } from './arbitrary-rules';

test('rules are written as a person would write them', () => {
  expect(
    renderHcl([
      { path: 'secret/data/*', capabilities: ['create', 'read'] },
      { path: 'secret/metadata/*', capabilities: ['list'] },
    ]),
  ).toBe(`path "secret/data/*" {
  capabilities = ["create", "read"]
}

path "secret/metadata/*" {
  capabilities = ["list"]
}
`);
});

test('capabilities in another order, or named twice, give the same text', () => {
  const text = (...capabilities: ('read' | 'list' | 'create')[]) => renderHcl([{ path: 'a', capabilities }]);

  expect(text('list', 'read', 'create', 'read')).toBe(text('create', 'read', 'list'));
});

test('rules in another order give the same text', () => {
  const rules = ['secret/b', 'secret/+/a', 'secret/a*', 'auth/x'].map((path) => ({
    path,
    capabilities: ['read' as const],
  }));

  expect(renderHcl([...rules].reverse())).toBe(renderHcl(rules));
  expect(renderHcl(rules)).toMatch(/^path "auth\/x"/);
});

test('a rule with everything is written in one order', () => {
  expect(
    renderHcl([
      {
        subscribeEventTypes: ['kv*'],
        maxWrappingTtl: 90,
        minWrappingTtl: 60,
        deniedParameters: { b: [], a: [true, 'x', 5] },
        allowedParameters: { '*': [] },
        requiredParameters: ['ttl', 'role'],
        capabilities: ['update'],
        path: 'auth/+/login',
      },
    ]),
  ).toBe(`path "auth/+/login" {
  capabilities = ["update"]
  required_parameters = ["role", "ttl"]
  allowed_parameters = {
    "*" = []
  }
  denied_parameters = {
    "a" = ["x", 5, true]
    "b" = []
  }
  min_wrapping_ttl = 60
  max_wrapping_ttl = 90
  subscribe_event_types = ["kv*"]
}
`);
});

test('any other order of rules, lists, names and fields gives the same text', () => {
  const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  const shuffledParameters = (parameters: ParameterValues) =>
    shuffled(Object.entries(parameters)).chain((entries) =>
      fc
        .tuple(...entries.map(([name, values]) => shuffled(values).map((each) => [name, each] as const)))
        .map((each) => Object.fromEntries(each)),
    );
  const shuffledField = ([field, value]: [string, unknown]) =>
    (Array.isArray(value)
      ? shuffled(value as unknown[])
      : typeof value === 'object'
        ? shuffledParameters(value as ParameterValues)
        : fc.constant(value)
    ).map((each) => [field, each] as const);
  const shuffledRule = (rule: PolicyRule) =>
    shuffled(Object.entries(rule))
      .chain((fields) => fc.tuple(...fields.map(shuffledField)))
      .map((fields) => Object.fromEntries(fields) as unknown as PolicyRule);
  const pairs = arbitraryRules.chain((rules) =>
    shuffled(rules)
      .chain((each) => fc.tuple(...each.map(shuffledRule)))
      .map((others) => [rules, others] as const),
  );

  fc.assert(
    fc.property(pairs, ([rules, others]) => {
      expect(renderHcl(others)).toBe(renderHcl(rules));
    }),
  );
});

test('rules of one path in another order give the same text', () => {
  const rules: PolicyRule[] = [
    { path: 'a', capabilities: ['read'] },
    { path: 'a', capabilities: ['list'] },
  ];
  expect(renderHcl([...rules].reverse())).toBe(renderHcl(rules));
});

describe('a value is written so that Vault and Terraform both take it as it is:', () => {
  test.each([
    ['a"b', '"a\\"b"'],
    ['a\\b', '"a\\\\b"'],
    ['a\nb', '"a\\u000ab"'],
    ['\ue123', '"\\ue123"'],
    ['$5', '"$5"'],
    ['${a}', '"\\u0024{a}"'],
    ['$${a}', '"\\u0024\\u0024{a}"'],
    ['%{if}', '"\\u0025{if}"'],
    ['${TfToken[TOKEN.7]}', '"${TfToken[TOKEN.7]}"'],
    ['$${TfToken[TOKEN.7]}', '"\\u0024${TfToken[TOKEN.7]}"'],
  ])('%j', (value, written) => {
    expect(renderHcl([{ path: 'a', capabilities: ['update'], requiredParameters: [value] }])).toContain(
      `required_parameters = [${written}]`,
    );
    expect(renderHcl([{ path: value, capabilities: ['update'] }])).toContain(`path ${written} {`);
  });
});
