import { hclBlocks, hclTokens } from '../../lib/policy/hcl-tokens';

const texts = (source: string) => hclTokens(source).map(({ text }) => text);

describe('the tokens of a text', () => {
  test.each([
    ['words and signs', 'path "a" {}', ['path', '"a"', '{', '}']],
    ['no comments', 'a # b\n// c\n/* d\n} */ e', ['a', 'e']],
    ['a string with what looks like a comment', '"a # b // c /* d"', ['"a # b // c /* d"']],
    ['a string with escaped quotes', '"a \\" b" c', ['"a \\" b"', 'c']],
    ['a string that does not end', '"a\nb', ['"', 'a', 'b']],
    ['numbers', '[1, -2.5, 1e+3, 010]', ['[', '1', ',', '-2.5', ',', '1e+3', ',', '010', ']']],
    ['a heredoc as a sign', 'a = <<X', ['a', '=', '<<', 'X']],
    ['a comment that does not end as signs', '/* a', ['/', '*', 'a']],
    ['white space that HCL does not know', 'a\u00a0b', ['a', '\u00a0', 'b']],
    ['letters beyond ASCII', 'é_1-x', ['é_1-x']],
  ])('are %s', (_, source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  test('know their place, their line and the braces around them', () => {
    expect(hclTokens('a {\n/*\n*/ b\n}')).toEqual([
      { text: 'a', start: 0, line: 1, depth: 0 },
      { text: '{', start: 2, line: 1, depth: 0 },
      { text: 'b', start: 10, line: 3, depth: 1 },
      { text: '}', start: 12, line: 4, depth: 0 },
    ]);
  });
});

test('blocks end at the brace that closes them, and what is left is one more', () => {
  const blocks = hclBlocks(hclTokens('a { b {} } c {}\nd'));
  expect(blocks.map((block) => block.map(({ text }) => text).join(' '))).toEqual([
    'a { b { } }',
    'c { }',
    'd',
  ]);
});
