import fc from 'fast-check';
import { decide } from '../../lib/policy';
import { overlaps } from '../../lib/policy/overlaps';

test.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
  ['a/b', 'a/b/c', false],
  ['a/+', 'a/b', true],
  ['a/+', '+/b', true],
  ['a/+', 'a/b/c', false],
  ['*', 'a/b', true],
  ['a/*', 'a/b/c', true],
  ['a/b*', 'a/bc/d', true],
  ['a/b*', 'a/c', false],
  ['a/b*', 'a/+', true],
  ['a/b*', 'a/bc*', true],
  ['a/b*', 'a/c*', false],
  ['a/*', 'b/*', false],
  ['+/b/*', 'a/+/c', true],
  ['a/{{identity.entity.id}}', 'a/+', true],
  ['a/{{identity.entity.id}}', 'a/b', false],
])('%s and %s: %s, either way', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected);
  expect(overlaps(other, one)).toBe(expected);
});

test('two patterns that match one path overlap', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 });
  // Made from the path, so that nearly every one matches it: of patterns made
  // apart from it, hardly any pair does.
  const patternOf = (segments: string[]) =>
    fc
      .tuple(
        fc.array(fc.boolean(), { minLength: segments.length, maxLength: segments.length }),
        fc.option(fc.nat({ max: segments.join('/').length })),
      )
      .map(([plus, end]) => {
        const pattern = segments.map((segment, at) => (plus[at] ? '+' : segment)).join('/');
        return end === null ? pattern : `${pattern.slice(0, end).replace(/\+$/, '')}*`;
      });
  const pair = path.chain((segments) =>
    fc.tuple(fc.constant(segments.join('/')), patternOf(segments), patternOf(segments)),
  );
  const matches = (rule: string, asked: string) =>
    decide([{ path: rule, capabilities: ['read'] }], asked)[0] === 'read';

  fc.assert(
    fc.property(pair, ([asked, one, other]) => {
      expect([one, other].filter((pattern) => !matches(pattern, asked))).toEqual([]);
      expect(overlaps(one, other)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
