import { mergeRules, type PolicyRule } from '../../lib/policy';

const merge = (...rules: Partial<PolicyRule>[]) =>
  mergeRules(rules.map((rule) => ({ path: 'a', capabilities: ['read'], ...rule })))[0];

test('rules of one path are one, where the first is, with the capabilities of all', () => {
  expect(
    mergeRules([
      { path: 'a', capabilities: ['read'] },
      { path: 'b', capabilities: ['list'] },
      { path: 'a', capabilities: ['list', 'read'] },
    ]),
  ).toEqual([
    { path: 'a', capabilities: ['read', 'list'] },
    { path: 'b', capabilities: ['list'] },
  ]);
});

test.each([[['deny'], ['read']] as const, [['read'], ['deny']] as const])(
  'a deny takes all else away: %j and %j',
  (one, other) => {
    expect(
      merge({ capabilities: one, minWrappingTtl: 5 }, { capabilities: other, maxWrappingTtl: 5 }),
    ).toEqual({
      path: 'a',
      capabilities: ['deny'],
    });
  },
);

test('parameters add up, in any case, and an empty list means any value', () => {
  expect(
    merge(
      {
        allowedParameters: { a: ['x'], B: ['x'], c: [] },
        deniedParameters: { a: ['x'] },
        requiredParameters: ['a'],
      },
      { allowedParameters: { a: ['y'], b: [], c: ['x'], d: ['x'] }, requiredParameters: ['b', 'a'] },
    ),
  ).toEqual({
    path: 'a',
    capabilities: ['read'],
    allowedParameters: { a: ['x', 'y'], B: [], c: [], d: ['x'] },
    deniedParameters: { a: ['x'] },
    requiredParameters: ['a', 'b'],
  });
});

test('of wrapping TTLs the shortest counts, and 0 is none', () => {
  expect(
    merge(
      { minWrappingTtl: 60, maxWrappingTtl: 0, subscribeEventTypes: ['kv*'] },
      { minWrappingTtl: 30, maxWrappingTtl: 90, subscribeEventTypes: ['kv*', 'db*'] },
      { minWrappingTtl: 0 },
    ),
  ).toEqual({
    path: 'a',
    capabilities: ['read'],
    minWrappingTtl: 30,
    maxWrappingTtl: 90,
    subscribeEventTypes: ['kv*', 'db*'],
  });
});
