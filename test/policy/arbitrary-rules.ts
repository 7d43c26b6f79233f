import fc from 'fast-check';
import { CAPABILITIES, type Capability, type ParameterValue, type PolicyRule } from '../../lib/policy';

/** Strings in which the signs that HCL gives a meaning come up often. */
export const arbitraryText = fc
  .array(
    fc.oneof(
      fc.constantFrom('$', '%', '{', '}', '"', '\\', '#', '\n', '*', 'é'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const value = fc.oneof<fc.Arbitrary<ParameterValue>[]>(
  arbitraryText,
  fc.integer(),
  fc.boolean(),
  fc.array(arbitraryText, { maxLength: 2 }),
  fc.dictionary(arbitraryText, arbitraryText, { maxKeys: 2, noNullPrototype: true }),
);
const parameters = fc.dictionary(
  arbitraryText,
  fc.uniqueArray(value, { selector: (one) => JSON.stringify(one), maxLength: 4 }),
  { maxKeys: 4 },
);
const ttl = fc.integer({ min: 1, max: 100_000 });

/** Rules as a policy can hold them, paths apart: parameters and values with every sign, TTLs in any order. */
export const arbitraryRules = fc.uniqueArray(
  fc
    .record(
      {
        path: fc
          .stringMatching(/^[a-z]{1,4}(\/([a-z é#$%]{1,3}\{?|\+|\{\{identity\.entity\.id\}\})){0,3}\*?$/)
          .filter((path) => !path.includes('+*')),
        capabilities: fc.oneof(
          {
            weight: 4,
            arbitrary: fc.subarray(
              CAPABILITIES.filter((each): each is Capability => each !== 'deny'),
              { minLength: 1 },
            ),
          },
          fc.constant([...CAPABILITIES]),
        ),
        requiredParameters: fc.uniqueArray(arbitraryText, { maxLength: 3 }),
        allowedParameters: parameters,
        deniedParameters: parameters,
        minWrappingTtl: ttl,
        maxWrappingTtl: ttl,
        subscribeEventTypes: fc.uniqueArray(arbitraryText, { maxLength: 3 }),
      },
      { requiredKeys: ['path', 'capabilities'] },
    )
    // Vault drops all else beside a deny, and refuses TTLs that leave none between them.
    .map(({ path, capabilities, ...rule }): PolicyRule => {
      const { minWrappingTtl: min = 0, maxWrappingTtl: max = min } = rule;
      const denies = capabilities.includes('deny');
      return denies
        ? { path, capabilities: ['deny'] }
        : { path, capabilities, ...rule, ...(min > max && { maxWrappingTtl: min }) };
    }),
  { selector: (rule) => rule.path, maxLength: 4 },
);

/** The same rules with their lists, names and fields in one order, so that two can be compared. */
export function sorted(rules: readonly PolicyRule[]): unknown {
  return sortDeep(rules);
}

function sortDeep(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(sortDeep).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const entries = Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, each]) => [name, sortDeep(each)]);
}
