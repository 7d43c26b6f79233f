import fc from 'fast-check';
import { piece } from './arbitrary-pieces';

const KEYS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'c-d.e',
  '_é',
  'A',
  '"a"',
  '"b c"',
  '"\\u0061"',
  '"é"',
  '"${"x"}"',
];
const BLANKS = ['', ' ', ' ', '\n', '\t', '\r\n', ' # c\n', '// d\n', '/* e\n*/', '\n\n'];

const blank = fc.constantFrom(...BLANKS);
/** A string, heredoc, number or truth of HCL; some have no value, and some are none. */
export const literal = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 4 }).map((text) => JSON.stringify(text.replace('${', ''))) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...['0', '7', '-12', '0600', '0x1F', '1.5', '-2.5e3', '1e+2', '.5', 'true', 'false'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '<<EOT\na\n  b\nEOT\n',
        '<<-EOT\n  a\n   b\n  EOT\n',
        '<<-EOT\n a\n  EOT\n',
        '<<E\nE\n',
        '<<-E\n E\n',
        // Blanks for the library are those of ASCII, and no other.
        '<<E\n\v\f\r\tE\n',
        '<<-E\n\f\va\n\f\vE\n',
        '<<E\n\x85E\nE\n',
      ],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '"\\u00e9\\x41\\101\\\\ \\""',
        '"\\xc3\\xa9\\xe2\\x82"',
        '"\\777"',
        '"\\ud83d\\ude00"',
        '"\\U0001F600"',
        '"\\U00110000"',
      ],
      ...[
        '"${a("b", "${c}")}\\n"',
        '"$${{}}"',
        '"${\n}"',
        '"${\ufffd}"',
        '"😀"',
        '08',
        '9223372036854775808',
        '1e999',
        '1e ',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.array(piece, { maxLength: 3 }).map((pieces) => `"${pieces.join('')}"`) },
);

/** Pieces with blanks and comments between them. */
const spaced = (...pieces: fc.Arbitrary<string>[]) =>
  fc
    .tuple(fc.tuple(...pieces), fc.array(blank, { minLength: pieces.length, maxLength: pieces.length }))
    .map(([all, blanks]) => all.map((each, index) => each + blanks[index]!).join(''));
export const just = (text: string) => fc.constant(text);

/** Arguments and blocks, with blanks and comments between what they are made of. */
export const arbitraryItems = fc.letrec<{ items: string; item: string; value: string }>((tie) => ({
  items: fc.array(tie('item'), { maxLength: 3 }).map((all) => all.join('')),
  item: fc.oneof(
    spaced(fc.constantFrom(...KEYS), just('='), tie('value'), fc.constantFrom('\n', '\n', ',', ' ')),
    spaced(
      fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 }).map((keys) => keys.join(' ')),
      just('{'),
      tie('items'),
      just('}'),
    ),
  ),
  value: fc.oneof(
    { depthSize: 'small' },
    literal,
    spaced(
      just('['),
      fc.array(tie('value'), { maxLength: 3 }).map((all) => all.join(',')),
      fc.constantFrom(']', ',]'),
    ),
    spaced(just('{'), tie('items'), just('}')),
  ),
})).items;
