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
  const segment = fc.constantFrom('a', 'b', 'ab', '+');
  const pattern = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/*', '/a*'))
    .map(([segments, end]) => segments.join('/') + end);
  const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 });
  const matches = (rule: string, asked: string) =>
    decide([{ path: rule, capabilities: ['read'] }], asked)[0] === 'read';

  fc.assert(
    fc.property(pattern, pattern, path, (one, other, segments) => {
      const asked = segments.join('/');
      fc.pre(matches(one, asked) && matches(other, asked));
      expect(overlaps(one, other)).toBe(true);
    }),
  );
});
