import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS, filesBelow, ROOT } from './documents';

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The words of the first column of the table in CONTRIBUTING.md. */
const WORDS = [
  ...textOf('CONTRIBUTING.md')
    .split('These words are not used')[1]!
    .split('No test can judge these')[0]!
    .matchAll(/^\| `([a-z ]+)` /gm),
].map(([, word]) => word!);

/** What is not prose of ours: blocks, code, messages in quotes, titles of tests, and the descriptions of the review's rules. */
const QUOTED = /^```[^]*?^```|`[^`\n]+`|'[^'\n]+'|"[^"\n]+"|^- Test: .*$|^\| `[a-z-]+` +\| \w+ +\| .*$/gm;

const prose = [
  ...DOCUMENTS
    // The first quotes the words, the second is written by the program.
    .filter((file) => !['CONTRIBUTING.md', 'docs/review-example.md'].includes(file))
    .map((file): [file: string, text: string] => [file, textOf(file).replace(QUOTED, '')]),
  ...['examples', 'lib', 'bin', 'sandbox']
    .flatMap((folder) => filesBelow(folder, '.ts', '.yml', '.sh'))
    .map((file): [file: string, text: string] => [
      file,
      textOf(file)
        .split('\n')
        .filter((line) => /^ *(\/\/|\/?\*|#)/.test(line))
        .join('\n'),
    ]),
];

test('CONTRIBUTING.md lists the words', () => {
  expect(WORDS.length).toBeGreaterThan(5);
  expect(WORDS).toContain('anew');
});

test.each(prose)('%s has none of the words of CONTRIBUTING.md', (_, text) => {
  const found = WORDS.filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(text.replace(/\s+/g, ' ')));

  expect(found).toEqual([]);
});
