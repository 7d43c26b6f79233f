import fc from 'fast-check';
import { CAPABILITIES, type ParameterValue, type PolicyRule } from '../../lib/policy';

/** Strings in which the signs that HCL gives a meaning come up often; composed, as the parser of HCL 2 has them. */
export const arbitraryText = fc
  .array(
    fc.oneof(
      fc.constantFrom('$', '%', '{', '}', '"', '\\', '#', '\n', '*', 'é'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('').normalize('NFC'));
const value = fc.oneof<fc.Arbitrary<ParameterValue>[]>(arbitraryText, fc.integer(), fc.boolean());
const parameters = fc.dictionary(arbitraryText, fc.uniqueArray(value, { maxLength: 4 }), { maxKeys: 4 });
const ttl = fc.integer({ min: 1, max: 100_000 });

/** Rules as a policy can hold them, paths apart: parameters and values with every sign, TTLs in any order. */
export const arbitraryRules = fc.uniqueArray(
  fc.record(
    {
      path: fc
        .stringMatching(/^[a-z]{1,4}(\/([a-z é#$%]{1,3}\{?|\+|\{\{identity\.entity\.id\}\})){0,3}\*?$/)
        .filter((path) => !path.includes('+*')),
      capabilities: fc.subarray([...CAPABILITIES], { minLength: 1 }),
      requiredParameters: fc.uniqueArray(arbitraryText, { maxLength: 3 }),
      allowedParameters: parameters,
      deniedParameters: parameters,
      minWrappingTtl: ttl,
      maxWrappingTtl: ttl,
      subscribeEventTypes: fc.uniqueArray(arbitraryText, { maxLength: 3 }),
    },
    { requiredKeys: ['path', 'capabilities'] },
  ),
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
