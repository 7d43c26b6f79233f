import fc from 'fast-check';
import { decide, type PolicyRule } from '../../lib/policy';
import {
  covers,
  coversEveryMount,
  fillTemplates,
  hasWildcard,
  isMoreSpecific,
  matchesPattern,
  overlaps,
  rulePath,
  unnamedPath,
} from '../../lib/policy/path-pattern';
import { size } from '../support/size';

/** The pattern as Vault's documentation says it, a character after the other. */
function matchesByTheBook(pattern: string, path: string): boolean {
  const isPrefix = pattern.endsWith('*');
  const wanted = (isPrefix ? pattern.slice(0, -1) : pattern).split('/');
  const given = path.split('/');
  const last = wanted.length - 1;
  for (const [index, segment] of wanted.entries()) {
    const actual = given[index];
    if (actual === undefined) {
      return false;
    }
    if (isPrefix && index === last) {
      return actual.slice(0, segment.length) === segment;
    }
    if (segment !== '+' && segment !== actual) {
      return false;
    }
  }
  return given.length === wanted.length;
}

const SEGMENTS = ['', 'a', 'b', 'ab', 'a+', 'other'];

/** All paths of at most three segments. */
const PATHS = [1, 2, 3]
  .flatMap((length) =>
    Array.from({ length }).reduce<string[]>(
      (paths) => paths.flatMap((path) => SEGMENTS.map((segment) => `${path}/${segment}`)),
      [''],
    ),
  )
  .map((path) => path.slice(1));

/** Patterns with at most two segments before the end, so that no difference needs a longer path than these. */
const pattern = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'ab', '+', 'a+', ''), { minLength: 1, maxLength: 2 }),
    fc.constantFrom('', '', '*', '/*', '/a', '/+', '/a*'),
  )
  .map(([segments, end]) => segments.join('/') + end)
  .filter((path) => !path.startsWith('/') && !path.includes('+*') && path !== '');

const matchedBy = (each: string) => PATHS.filter((path) => matchesByTheBook(each, path));

describe('of generated patterns', () => {
  test('each matches the paths that it says, and no other', () => {
    fc.assert(
      fc.property(pattern, (one) => {
        expect(PATHS.filter((path) => matchesPattern(one, path))).toEqual(matchedBy(one));
      }),
      { numRuns: size(100, 300) },
    );
  });

  test('one covers another if it matches all the paths of it', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        expect(covers(one, other)).toBe(
          matchedBy(other).every((path) => matchesByTheBook(one, path)) &&
            // No list of paths is long enough to tell three segments from any number.
            (one.endsWith('*') || !other.endsWith('*')),
        );
      }),
      { numRuns: size(500, 3000) },
    );
  });

  test('two overlap if there is a path that both match', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        expect(overlaps(one, other)).toBe(matchedBy(other).some((path) => matchesByTheBook(one, path)));
      }),
      { numRuns: size(500, 3000) },
    );
  });

  test('the more specific one counts for a path that both match', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const rules: PolicyRule[] = [
          { path: one, capabilities: ['read'] },
          { path: other, capabilities: ['list'] },
        ];
        // No request begins with a slash; one at the end is a list request, which Vault judges in two ways.
        const both = matchedBy(one).filter(
          (path) => matchesByTheBook(other, path) && !path.startsWith('/') && !path.endsWith('/'),
        );
        const answers = new Set(both.flatMap((path) => decide(rules, path)));
        fc.pre(one !== other && both.length > 0);
        expect([...answers]).toEqual([isMoreSpecific(one, other) ? 'read' : 'list']);
      }),
      { numRuns: size(500, 3000) },
    );
  });

  test('each matches the path that represents it, and so does every pattern that covers it', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        expect(matchesPattern(one, unnamedPath(one))).toBe(true);
        // Of what a `*` at the end is for, the path has only the first segment, which a `+` matches too.
        fc.pre(!one.endsWith('*') || covers(other, one));
        expect(matchesPattern(other, unnamedPath(one))).toBe(covers(other, one));
      }),
      { numRuns: size(500, 3000) },
    );
  });
});

test.each([
  ['a/{{identity.entity.id}}', 'a/+', true],
  ['a/{{identity.entity.id}}', 'a/b', false],
  ['/a/b', 'a/+', true],
])('%s and %s overlap: %s, either way', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected);
  expect(overlaps(other, one)).toBe(expected);
});

test('one leading slash of a pattern does not count', () => {
  expect(rulePath('//a')).toBe('/a');
  expect([covers('/a/*', 'a/b'), covers('a/*', '/a/b'), isMoreSpecific('/a/b', 'a/*')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(isMoreSpecific('/a/*', 'a/*')).toBe(false);
});

test('a wildcard is a segment of its own, or the end', () => {
  expect(['*', 'a/*', '+', '+/a', 'a/+', 'a/+/b'].filter((path) => !hasWildcard(path))).toEqual([]);
  expect(['a', 'a+', 'a/+b', 'a*/b', 'a+b/c'].filter(hasWildcard)).toEqual([]);
});

test('every mount is covered by wildcards alone', () => {
  expect(['*', '/*', '+/*', '+/+/*'].filter((path) => !coversEveryMount(path))).toEqual([]);
  expect(['+', 'a*', 'sys/*', '+/a/*'].filter(coversEveryMount)).toEqual([]);
});

describe('templates', () => {
  test.each([
    ['kv/{{a}}/x-{{b}}/+/*', 'kv/1/x-2//4/5', 'kv/1/x-2/+/*', ['1', '2']],
    ['/kv/{{a}}', 'kv/a.b', '/kv/a.b', ['a.b']],
    ['kv/{{a}}*', 'kv/12', 'kv/12*', ['12']],
  ])('of %s are filled in for %s', (one, path, filled, values) => {
    const found = fillTemplates(one, path);

    expect(found?.path).toBe(filled);
    expect(found?.values.map(([, value]) => value)).toEqual(values);
    expect(matchesPattern(rulePath(filled), path)).toBe(true);
  });

  test.each([
    ['a path that can not match', 'kv/{{a}}/x', 'kv/1/y'],
    ['an empty value', 'kv/{{a}}', 'kv/'],
    ['a value of two segments', 'kv/{{a}}', 'kv/1/2'],
    ['a character that has a meaning in regular expressions', 'k.v/{{a}}', 'kxv/1'],
    ['no templates', 'kv/+', 'kv/1'],
  ])('are not filled in: %s', (_, one, path) => {
    expect(fillTemplates(one, path)).toBeUndefined();
  });
});
