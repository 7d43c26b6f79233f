import fc from 'fast-check';

const plainJson = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown[]>('x', 'x*', 5, 0, 1.5, true, null, 'é😀', '${a}'),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'path', 'name', 'factor'), tie('node'), { maxKeys: 3 }),
  ),
})).node;
const nearly = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: plainJson });
const listOf = (...values: unknown[]) => fc.array(fc.constantFrom(...values), { maxLength: 3 });

const parameters = fc.dictionary(fc.constantFrom('a', 'B', '*'), nearly(listOf('x', 'y*', 5, true, ['z'])), {
  maxKeys: 3,
});
const factors = fc.dictionary(
  fc.constantFrom('ops', 'a'),
  fc.record({
    identity: fc.record({ group_names: listOf('g'), approvals: fc.constantFrom<unknown[]>(1, '1', 0) }),
  }),
  { maxKeys: 2 },
);
const rule = fc.record(
  {
    capabilities: nearly(listOf('read', 'list', 'deny', 'update')),
    policy: nearly(fc.constantFrom('read', 'write', '', null)),
    comment: nearly(fc.constant('c')),
    allowed_parameters: nearly(parameters),
    denied_parameters: nearly(parameters),
    required_parameters: nearly(listOf('a', 5)),
    min_wrapping_ttl: nearly(fc.constantFrom<unknown[]>(5, '5', '1m', null, 1.5)),
    control_group: nearly(
      fc.record({ ttl: fc.constantFrom('1h', 5), factor: factors }, { requiredKeys: ['factor'] }),
    ),
  },
  { requiredKeys: [] },
);
const policy = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      path: fc.dictionary(fc.constantFrom('a', '/b', 'c/*', 'd/+/*'), rule, { minKeys: 1, maxKeys: 3 }),
    }),
  },
  fc.record({
    path: fc.array(
      fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(rule, fc.array(rule, { maxLength: 2 })), {
        maxKeys: 2,
      }),
      { maxLength: 2 },
    ),
    name: fc.constantFrom<unknown[]>('n', 5, null),
  }),
  fc.dictionary(fc.constantFrom('a', 'path', 'name'), plainJson, { maxKeys: 3 }),
);

const KEY = /("b"|"policy"|"comment"|"min_wrapping_ttl"|"denied_parameters")(?=:)/g;

/** A policy in JSON, or nearly one. Some have a key twice, which an object of JavaScript can't have. */
export const policyInJson = fc
  .tuple(policy, fc.constantFrom(0, 1), fc.constantFrom('', '"capabilities"', '"min_wrapping_ttl"', '"a"'))
  .map(([document, indent, twice]) => {
    const text = JSON.stringify(document, null, indent);
    return twice === ''
      ? text
      : text.replace(KEY, (key) => ((key === '"b"') === (twice === '"a"') ? twice : key));
  });
