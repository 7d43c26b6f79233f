import fc from 'fast-check';
import { decide } from '../../lib/policy';
import { CAPABILITIES, type Capability, type PolicyRule } from '../../lib/policy/rule';

const READ: Capability[] = ['read'];
const LIST: Capability[] = ['list'];

/** Rules whose paths say it all: the first path reads, the second lists, so the answer names the winner. */
function between(reading: string, listing: string): PolicyRule[] {
  return [
    { path: reading, capabilities: READ },
    { path: listing, capabilities: LIST },
  ];
}

describe('which rule counts', () => {
  test.each([
    ['an exact path before a glob', 'app/x', 'app/*', 'app/x'],
    ['the longer of two globs', 'app/ab*', 'app/a*', 'app/abc'],
    ['the glob whose first wildcard stands later', 'app/a*', 'app/+', 'app/a'],
    ['the `+` that stands later', 'app/bar/+/z', 'app/+/bar/z', 'app/bar/bar/z'],
    ['a pattern without `*` before one with it', 'app/+', 'app/*', 'app/x'],
    ['fewer `+`', 'app/+/b/c', 'app/+/+/c', 'app/a/b/c'],
    ['a bare glob before a longer one with `+`', 'app/*', 'app/+/bar*', 'app/x/bar'],
    ['the longer of two with `+` and `*`', 'app/+/ba*', 'app/+/b*', 'app/x/bar'],
    ['the longer before the one that sorts last', 'app/+/+/dd', 'app/+/b/+', 'app/x/b/dd'],
    ['a better pattern before the one whose own text is asked', 'app/+', 'app/*', 'app/*'],
    ['the one that sorts last where all else is equal', 'app/+/b/+', 'app/+/+/a', 'app/x/b/a'],
  ])('%s', (_, winner, loser, path) => {
    expect(decide(between(winner, loser), path)).toEqual(READ);
    expect(decide(between(winner, loser).reverse(), path)).toEqual(READ);
  });

  test('the length of a path is that of its bytes, not of its characters', () => {
    expect(decide(between('a/+/é/+/c', 'a/+/+/dd/c'), 'a/x/é/dd/c')).toEqual(READ);
  });
});

describe('what a pattern matches', () => {
  test.each([
    ['a glob matches its own start', 'app/*', 'app/', true],
    ['a glob does not match less than its start', 'app/*', 'ap', false],
    ['`*` alone matches everything', '*', 'any/thing', true],
    ['`+` matches one segment', 'app/+/x', 'app/a/x', true],
    ['`+` does not match two', 'app/+', 'app/a/b', false],
    ['`+` does not match none', 'app/+/x', 'app/x', false],
    ['`+` matches an empty segment', 'app/+/x', 'app//x', true],
    ['`*` after `+` matches any depth', 'app/+/b*', 'app/x/bar/deep', true],
    ['`*` opens only the last segment', 'app/+/b/c*', 'app/x/bar/c', false],
    ['`+` inside a segment is that character', 'a+b', 'a+b', true],
    ['`+` at the start of a segment with more is that character', 'app/+b', 'app/xb', false],
    ['a leading slash of the rule does not count', '/app', 'app', true],
    ['a leading slash of the request does not count', 'app', '//app', true],
    ['an exact path matches nothing below it', 'app', 'app/x', false],
  ])('%s', (_, rule, path, matches) => {
    expect(decide([{ path: rule, capabilities: READ }], path)).toEqual(matches ? READ : ['deny']);
  });
});

describe('a path with a slash at its end', () => {
  test('meets the rule without it, as in a list request', () => {
    expect(decide([{ path: 'app', capabilities: LIST }], 'app/')).toEqual(LIST);
  });

  test('meets the rule with it before the one without', () => {
    expect(decide(between('app/', 'app'), 'app/')).toEqual(READ);
  });

  test('meets a glob that matches without the slash before a longer one that needs it', () => {
    expect(decide(between('ap*', 'app/*'), 'app/')).toEqual(READ);
  });
});

describe('rules of the very same path', () => {
  const rules = (...capabilities: Capability[][]) =>
    capabilities.map((each) => ({ path: 'app/*', capabilities: each }));

  test('add up, in the order of CAPABILITIES', () => {
    expect(decide(rules(['list'], ['read', 'create']), 'app/x')).toEqual(['create', 'read', 'list']);
  });

  test('are denied where one of them denies', () => {
    expect(decide(rules(['read'], ['deny'], ['list']), 'app/x')).toEqual(['deny']);
  });

  test('are the same with and without a leading slash', () => {
    expect(decide([...rules(['read']), { path: '/app/*', capabilities: ['deny'] }], 'app/x')).toEqual([
      'deny',
    ]);
  });
});

test('a deny on a less specific path forbids nothing that a more specific rule allows', () => {
  expect(
    decide(
      [
        { path: 'app/*', capabilities: ['deny'] },
        { path: 'app/x', capabilities: READ },
      ],
      'app/x',
    ),
  ).toEqual(READ);
});

test('a more specific rule that allows nothing denies', () => {
  expect(
    decide(
      [
        { path: 'app/*', capabilities: READ },
        { path: 'app/x', capabilities: [] },
      ],
      'app/x',
    ),
  ).toEqual(['deny']);
});

test('no rule at all denies', () => {
  expect(decide([], 'app')).toEqual(['deny']);
});

test('the order of the rules has no meaning', () => {
  const segment = fc.constantFrom('a', 'b', 'ab', '+', '', 'é');
  const path = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/*', '/'))
    .map(([segments, end]) => segments.join('/') + end);
  const capabilities = fc.uniqueArray(fc.constantFrom(...CAPABILITIES), { maxLength: 3 });
  const rules = fc.array(fc.record({ path, capabilities }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(rules, path, (some, asked) => {
      expect(decide([...some].reverse(), asked)).toEqual(decide(some, asked));
    }),
  );
});
