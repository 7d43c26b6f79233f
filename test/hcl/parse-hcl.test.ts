import { HclError, type HclNode, type HclObject, parseHcl } from '../../lib/hcl';

/** Keys joined by blanks, and values; a block has `{}` behind its keys. */
function plain({ items }: HclObject): unknown[] {
  return items.map(({ keys, assigned, value }) => [
    keys.map((key) => key.value).join(' ') + (assigned ? '' : ' {}'),
    plainNode(value),
  ]);
}

function plainNode(node: HclNode): unknown {
  if (node.kind === 'object') {
    return plain(node);
  }
  return node.kind === 'list' ? node.list.map(plainNode) : node.value;
}

const valueOf = (text: string) => plainNode(parseHcl(`a = ${text}\n`).items[0]!.value);

describe('a value is read:', () => {
  test.each<[string, string, unknown]>([
    ['a text', '"x y"', 'x y'],
    ['all escapes', String.raw`"\a\b\f\n\r\t\v\\\"\101\x41\u00e9\U0001F600"`, '\x07\b\f\n\r\t\v\\"AAé😀'],
    ['bytes of UTF-8', String.raw`"\xc3\xa9\303\251"`, 'éé'],
    ['bytes that are no UTF-8', String.raw`"\xe2\x82 \xff"`, '\ufffd\ufffd \ufffd'],
    ['a surrogate', String.raw`"\ud83d\ude00"`, '\ufffd\ufffd'],
    ['a character that is negative to Go', String.raw`"\UFFFFFFFF\U80000000"`, '\ufffd\ufffd'],
    ['what is in ${}, as it is', '"${a("b", "${c}")}\\n"', '${a("b", "${c}")}\n'],
    ['a line break in ${}', '"${\n}"', '${\n}'],
    ['a $ without a brace', '"$a$${b}"', '$a$${b}'],
    ['a number', '-12', -12],
    ['an octal number', '0600', 0o600],
    ['a hexadecimal number', '0x1F', 31],
    ['a fraction', '-2.5e3', -2500],
    ['a fraction without digits before or behind the point', '[.5, 1.]', [0.5, 1]],
    ['a truth', '[true, false]', [true, false]],
    ['a list with commas anywhere', '[,1,, 2,]', [1, 2]],
    ['lists in a list, without commas', '[[1] [2]]', [[1], [2]]],
    [
      'an object',
      '{ b = 1, c { d = 2 } }',
      [
        ['b', 1],
        ['c {}', [['d', 2]]],
      ],
    ],
    ['a heredoc', '<<EOT\n a "b" ${\nEOT\n', ' a "b" ${\n'],
    ['a heredoc whose anchor is indented', '<<EOT\na\n  EOT\n', 'a\n  '],
    ['an indented heredoc', '<<-EOT\n  a\n   b\n  EOT\n', 'a\n b\n'],
    ['an indented heredoc with a line that is less', '<<-EOT\n a\n  EOT\n', ' a\n'],
    ['an anchor of any letters', '<<É_1\na\nÉ_1\n', 'a\n'],
  ])('%s', (_, text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });
});

test.each<[string, string, unknown[]]>([
  ['nothing', '', []],
  ['comments', '# a\n// b\n/* c\n*/ d = 1 # e', [['d', 1]]],
  [
    'line breaks of Windows',
    'a = 1\r\nb {\r\n}\r\n',
    [
      ['a', 1],
      ['b {}', []],
    ],
  ],
  ['a brace on the next line', 'a "b"\n{\n}', [['a b {}', []]]],
  [
    'several arguments on one line',
    'a { b = 1 c = 2 }',
    [
      [
        'a {}',
        [
          ['b', 1],
          ['c', 2],
        ],
      ],
    ],
  ],
  [
    'keys in quotes, with dots and of any letters',
    '"a b" = 1\nc.d-e = 2\né = 3',
    [
      ['a b', 1],
      ['c.d-e', 2],
      ['é', 3],
    ],
  ],
  [
    'a block as often as it is there',
    'a {}\na {}',
    [
      ['a {}', []],
      ['a {}', []],
    ],
  ],
  ['a key without a value at the end, which is dropped', 'a = 1\nb =', [['a', 1]]],
])('HCL has %s', (_, text, expected) => {
  expect(plain(parseHcl(text))).toEqual(expected);
});

describe('JSON is read as the library reads it:', () => {
  test.each<[string, string, unknown[]]>([
    [
      'an object of objects, as labels',
      '{"a":{"b":{"c":1},"d":{}}}',
      [
        ['a b', [['c', 1]]],
        ['a d', []],
      ],
    ],
    [
      'a list of objects, as blocks',
      '{"a":[{"b":1},{"b":2}]}',
      [
        ['a', [['b', 1]]],
        ['a', [['b', 2]]],
      ],
    ],
    [
      'a key twice',
      '{"a":1,"a":2}',
      [
        ['a', 1],
        ['a', 2],
      ],
    ],
    ['null, as an empty text', '{"a":null}', [['a', '']]],
    ['truths in a list, which are dropped', '{"a":[true,"b"]}', [['a', ['b']]]],
    ['text behind the last brace, which is dropped', '{"a":1} b', [['a', 1]]],
    ['braces that are not closed', '{"a":{"b":[1]', [['a', [['b', [1]]]]]],
    ['a comma before a brace', '{"a":1,}', [['a', 1]]],
    ['${ as it is', '{"a":"${"}', [['a', '${']]],
  ])('%s', (_, text, expected) => {
    expect(plain(parseHcl(text))).toEqual(expected);
  });
});

test('every key and value has its line and column, in characters', () => {
  const [item] = parseHcl('# é😀\n"😀" b { c = "😀" d = [1] }').items;
  const { items } = item!.value as HclObject;
  const place = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;

  expect(
    [...item!.keys, item!.value, ...items.flatMap(({ keys, value }) => [...keys, value])].map(place),
  ).toEqual([...['2:1', '2:5', '2:7'], ...['2:9', '2:13', '2:17', '2:21']]);
});

describe('what the library refuses is refused, with its place and nothing of the text:', () => {
  test.each<[string, string, string]>([
    ['a text without an end', 'a = 1\nb = "never-printed', '2:5'],
    ['an escape that there is not', 'a = "\\q"', '1:7'],
    ['a ${ that nothing closes', 'a = 1\nb = "${never-printed"\n\n', '2:5'],
    ['a comment without an end', 'a = 1 /* never-printed\n', '1:7'],
    ['a lone slash', 'a = 1 / 2', '1:7'],
    ['a heredoc without an end', '\na = <<EOT\nnever-printed\n', '2:5'],
    ['a heredoc whose last line has no line break', 'a = <<EOT\nEOT', '1:5'],
    ['an indented heredoc whose anchor is not', 'a = <<-EOT\nEOT\n', '1:5'],
    ['a heredoc without an anchor', 'a = <<\n\n', '1:7'],
    ['an anchor of other signs', 'a = <<"E"\nE\n', '1:7'],
    ['a hexadecimal number without digits', 'a = 0x', '1:7'],
    ['an octal number with an 8', 'a = 0018', '1:9'],
    ['a value without quotes', 'a = never-printed', '1:5'],
    ['a colon', 'a: 1', '1:2'],
    ['two keys and a value', 'a "never-printed" = 1', '1:19'],
    ['a key alone', 'a = 1\nb', '2:2'],
    ['a value alone', '1', '1:1'],
    ['a brace alone', '}', '1:1'],
    ['a block without an end', 'a {\n  b = 1\n\n\n', '2:8'],
    ['a list without commas', 'a = [1 2]', '1:8'],
    ['a list without an end', 'a = [1,\n', '1:8'],
    ['an argument twice', 'a = 1\nb = 2\na = 3', '3:1'],
    ['a byte order mark', '\ufeffa = 1', '1:1'],
    ['a NUL', 'a = 1 # \0', '1:9'],
    ['U+E123', 'a = "\ue123"', '1:6'],
    ['half a character', '\ud800 = 1', '1:1'],
    ['a blank that is none to HCL', 'a\u00a0= 1', '1:2'],
    ['JSON behind a blank that makes a text JSON, and is none to JSON', '\u00a0{"a":1}', '1:1'],
    ['JSON with a comment', '{"a":1 /* b */}', '1:8'],
    ['JSON with a key alone', '{"a" 1}', '1:6'],
    ['JSON with a number that begins with 0', '{"a":01}', '1:6'],
    ['JSON with a line break in a text', '{"a":"b\n"}', '1:6'],
  ])('%s', (_, text, place) => {
    let thrown: unknown;
    try {
      parseHcl(text);
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(HclError);
    const { line, column, message } = thrown as HclError;
    expect(`${line}:${column}`).toBe(place);
    expect(message).not.toContain('never-printed');
  });
});

test.each(['"\\777"', '"\\U00110000"', '08', '9223372036854775808', '1e', '1e999', '"${\ufffd}"'])(
  'a value that means nothing is an error when somebody asks for it: %s',
  (text) => {
    const [item] = parseHcl(`a = ${text} \n`).items;

    expect(() => (item!.value as { value: unknown }).value).toThrow(HclError);
  },
);

test('what is in each other a thousand times is read, and refused beyond', () => {
  const nested = (depth: number) => `a = ${'['.repeat(depth)}${']'.repeat(depth)}`;

  expect(() => parseHcl(nested(1_000))).not.toThrow();
  expect(() => parseHcl(nested(100_000))).toThrow('line 1: lists and objects are nested 1000 deep at most');
  expect(() => parseHcl(`{"a":`.repeat(100_000))).toThrow(HclError);
});

// Each would take minutes if a part of the text were looked at once for each token.
test.each<[string, string]>([
  ['a line', `a = [${'"😀",'.repeat(200_000)}]`],
  ['JSON on one line', `{"a":[${'"😀",'.repeat(200_000)}1]}`],
  ['a text', `a = "${'\\"$'.repeat(300_000)}"`],
  ['a heredoc', `a = <<EOT\n${' \t\rEO\n'.repeat(200_000)}EOT\n`],
  ['comments', '/**/ # a\n'.repeat(200_000)],
  ['blocks', 'path "a" { capabilities = ["read"] }\n'.repeat(50_000)],
  ['texts that never end', `${'"${'.repeat(300_000)}`],
])(
  'a long text takes time by its length: %s',
  (_, text) => {
    const began = performance.now();
    try {
      parseHcl(text);
    } catch (error) {
      expect(error).toBeInstanceOf(HclError);
    }
    expect(performance.now() - began).toBeLessThan(20_000);
  },
  60_000,
);
