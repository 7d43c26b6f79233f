import { checkRules, combineRules, kv2, type PolicyRule } from '../../lib/policy';

test('rules of one path become one rule with the capabilities of all, each once', () => {
  expect(
    combineRules(
      [{ path: 'a', capabilities: ['read'] }],
      [
        { path: 'b', capabilities: ['list'] },
        { path: 'a', capabilities: ['list', 'read'] },
      ],
    ),
  ).toEqual([
    { path: 'a', capabilities: ['read', 'list'] },
    { path: 'b', capabilities: ['list'] },
  ]);
});

test('what it is given stays as it is', () => {
  const rules: PolicyRule[] = [{ path: 'a', capabilities: ['read'] }];
  combineRules(rules, [{ path: 'a', capabilities: ['list'] }]);
  expect(rules).toEqual([{ path: 'a', capabilities: ['read'] }]);
});

test.each<Partial<PolicyRule>>([
  { requiredParameters: ['ttl'] },
  { allowedParameters: { ttl: [] } },
  { deniedParameters: { ttl: [] } },
  { minWrappingTtl: 60 },
  { maxWrappingTtl: 60 },
  { capabilities: ['subscribe'], subscribeEventTypes: ['kv*'] },
])('a rule with %j is not merged, and the path that then stands twice is named', (constraint) => {
  const plain: PolicyRule = { path: 'a', capabilities: ['update'] };
  const constrained: PolicyRule = { ...plain, ...constraint };

  for (const rules of [
    [plain, constrained],
    [constrained, plain],
  ]) {
    expect(combineRules(...rules.map((rule) => [rule]))).toEqual(rules);
    expect(checkRules(combineRules(rules))).toEqual([
      "rules[1].path: a policy has each path only once, because Vault would merge the two; got 'a' again after rules[0]",
    ]);
  }
});

test('constraints that are undefined are none', () => {
  expect(
    combineRules(
      [{ path: 'a', capabilities: ['read'], minWrappingTtl: undefined }],
      [{ path: 'a', capabilities: ['list'] }],
    ),
  ).toEqual([{ path: 'a', capabilities: ['read', 'list'] }]);
});

test('the rules of an engine combine to a policy without a problem', () => {
  expect(
    checkRules(
      combineRules(
        kv2.read('secret', 'app/*'),
        kv2.list('secret', 'app/*'),
        kv2.write('secret', 'app/*'),
        kv2.delete('secret', 'app/*'),
        kv2.undelete('secret', 'app/*'),
        kv2.destroy('secret', 'app/*'),
      ),
    ),
  ).toEqual([]);
});
