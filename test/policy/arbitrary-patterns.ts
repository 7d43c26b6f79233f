import fc from 'fast-check';
import { CAPABILITIES, type Capability, type PolicyRule } from '../../lib/policy';

/** What a segment of a path can be: with a `+` or `*` that is a mere character, with more bytes than characters. */
const segments = fc.constantFrom('a', 'b', 'ab', 'abc', 'a+', '+a', 'é', 'é', 'éb', '*');
const ends = fc.constantFrom('', '', '/', '*', '/*', '/a*');

/** Capabilities of one rule, none among them: Vault takes that too, and nothing is allowed by it. */
const capabilities: fc.Arbitrary<Capability[]> = fc.oneof(
  { weight: 8, arbitrary: fc.subarray(CAPABILITIES.filter((capability) => capability !== 'deny')) },
  { weight: 1, arbitrary: fc.constant<Capability[]>(['deny']) },
  { weight: 1, arbitrary: fc.subarray([...CAPABILITIES]) },
);

/** What a rule says beside its path and its capabilities. */
const constraints = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Partial<PolicyRule>>(
      { allowedParameters: { a: ['x'] } },
      { deniedParameters: { '*': [] } },
      { requiredParameters: ['owner'] },
      { minWrappingTtl: 60, maxWrappingTtl: 120 },
    ),
  },
);

/** Policies that one token has, and paths that it asks for. */
export interface Question {
  readonly policies: readonly (readonly PolicyRule[])[];
  readonly asked: readonly string[];
}

export interface QuestionProps {
  /** What all paths start with, a rule's but for a wildcard in its place. @default nothing */
  readonly root?: readonly string[];
  /** How many segments the path has at most that all patterns are made from, its root among them. @default 5 */
  readonly longest?: number;
  /** Whether rules have parameters and wrapping TTLs too. */
  readonly constrained: boolean;
}

/**
 * Questions whose patterns and paths are made from one and the same path, so that many match at once: made apart, few
 * would. Several policies may have a rule for the same path, and a policy may have it twice.
 */
export function arbitraryQuestion({
  root = [],
  longest = 5,
  constrained,
}: QuestionProps): fc.Arbitrary<Question> {
  const base = fc
    .array(segments, { minLength: Math.min(1, longest - root.length), maxLength: longest - root.length })
    .map((rest) => [...root, ...rest]);
  return base.chain((path) =>
    fc.oneof(poolOf(fc.oneof(patternOf(path), twinOf(path))), poolOf(twinOf(path))).chain((pool) => {
      const rule = fc
        .tuple(fc.constantFrom(...pool), capabilities, constrained ? constraints : fc.constant({}))
        .map(([pattern, each, more]): PolicyRule => ({ path: pattern, capabilities: each, ...more }));
      return fc.record({
        policies: fc.array(fc.array(rule, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        asked: fc
          .array(fc.oneof(pathOf(path, root.length), fc.constantFrom(...pool)), {
            minLength: 30,
            maxLength: 60,
          })
          .map((paths) => [...new Set(paths)]),
      });
    }),
  );
}

function poolOf(patterns: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.uniqueArray(patterns, { minLength: 1, maxLength: 8 });
}

/** A pattern that the path matches, or would but for one segment. */
function patternOf(path: readonly string[]): fc.Arbitrary<string> {
  const segment = (own: string) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(own) },
      { weight: 3, arbitrary: fc.constant('+') },
      { weight: 1, arbitrary: segments },
      { weight: 1, arbitrary: fc.constant('') },
    );
  return fc
    .tuple(
      fc.constantFrom('', '', '', '', '', '/'),
      fc.tuple(...path.map(segment)),
      fc.nat(path.length),
      ends,
    )
    .map(([start, parts, length, end]) => `${start}${parts.slice(0, length).join('/')}${end}`)
    .filter((pattern) => pattern !== '' && !pattern.includes('+*'));
}

/**
 * A pattern that the path matches and that differs from another such one only in the place of its second `+` and in
 * its end, so that only their lengths and texts say which counts. The first `+` may be a mere character.
 */
function twinOf(path: readonly string[]): fc.Arbitrary<string> {
  const first = path[0]!.includes('+') ? path[0]! : '+';
  return fc
    .tuple(
      fc.integer({ min: Math.min(first === '+' ? 0 : 1, path.length - 1), max: path.length - 1 }),
      fc.constantFrom('', '', '*'),
      fc.nat(2),
    )
    .map(([second, end, less]) => {
      const text = path.map((own, index) => (index === 0 ? first : index === second ? '+' : own)).join('/');
      return end === '' ? text : text.slice(0, text.length - less) + end;
    })
    .filter((pattern) => !pattern.includes('+*'));
}

/** The path itself, or one near it: less or more of it, another segment, a slash where none was. */
function pathOf(path: readonly string[], fixed: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.tuple(
        ...path.map((own, index) =>
          index < fixed
            ? fc.constant(own)
            : fc.oneof({ weight: 4, arbitrary: fc.constant(own) }, { weight: 1, arbitrary: segments }),
        ),
      ),
      fc.integer({ min: Math.max(fixed, 1), max: path.length }),
      fc.constantFrom('', '', '', '/', 'b', '/a', '/a/b', '//'),
    )
    .map(([parts, length, end]) => parts.slice(0, length).join('/') + end);
}
