import { HclError } from './hcl-error';
import { BARE_FRACTION, EXPONENT } from './scan-number';
import { ESCAPE_RULE, skipEscape } from './scan-quoted';
import { TextCursor } from './text-cursor';
import type { Scanner, TokenKind } from './token';

const WORD = /[\p{L}_][\p{L}\p{Nd}_-]*\0?/uy;
const PLAIN = /[^"\\\n\0]*/y;
const WORDS: Readonly<Record<string, TokenKind>> = { true: 'truth', false: 'truth', null: 'null' };

/** For the library a NUL character is the end of the text, and so it is a part of what comes before. */
const NUMBER = new RegExp(
  `-?[0-9]+\\0?(?:${EXPONENT}\\0?|\\.(?:[0-9]+\\0?)?(?:${EXPONENT}\\0?)?|\\0)?`,
  'uy',
);

/**
 * The tokens of a text in JSON.
 *
 * Source: `json/scanner/scanner.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 */
export class JsonScanner implements Scanner {
  kind: TokenKind = 'end';
  source = '';
  line = 1;
  column = 1;
  previousLine = 1;
  previousColumn = 1;

  private readonly cursor: TextCursor;

  constructor(text: string) {
    this.cursor = new TextCursor(text);
  }

  advance(): TokenKind {
    const { cursor } = this;
    // There is no other token after the end.
    if (this.kind !== 'end') {
      this.previousLine = cursor.line;
      this.previousColumn = cursor.column;
    }
    cursor.skipBlanks();
    const start = cursor.offset;
    this.line = cursor.line;
    this.column = cursor.column;
    this.kind = cursor.atEnd ? 'end' : this.token(cursor.text[start]!);
    this.source = cursor.text.slice(start, cursor.offset);
    return this.kind;
  }

  private token(character: string): TokenKind {
    const { cursor } = this;
    if (character === '"') {
      this.text();
      return 'text';
    }
    if ('{}[],:'.includes(character)) {
      cursor.goTo(cursor.offset + 1);
      return character as TokenKind;
    }
    if (character === '\0') {
      cursor.goTo(cursor.offset + 1);
      return 'end';
    }
    if (character === '.') {
      const fraction = cursor.match(BARE_FRACTION);
      cursor.skip(fraction === undefined ? /\./y : BARE_FRACTION);
      return fraction === undefined ? '.' : 'fraction';
    }
    return this.number() ?? this.word();
  }

  private number(): TokenKind | undefined {
    const { cursor } = this;
    const number = cursor.match(NUMBER);
    if (number === undefined) {
      return undefined;
    }
    cursor.skip(NUMBER);
    if (/[.eE]/.test(number)) {
      return 'fraction';
    }
    // The library takes a lone 0 at the end of the text for the first of more digits.
    return /^-?0/.test(number) && (number.replace('-', '').length > 1 || cursor.atEnd)
      ? this.fail('a number of JSON has no 0 before its other digits, and something follows it')
      : 'number';
  }

  private word(): TokenKind {
    const { cursor } = this;
    const word = cursor.match(WORD) ?? '';
    cursor.goTo(cursor.offset + word.length);
    return Object.hasOwn(WORDS, word)
      ? WORDS[word]!
      : this.fail('this is not allowed in JSON; texts are in double quotes, and there are no comments');
  }

  private text(): void {
    const { cursor } = this;
    cursor.goTo(cursor.offset + 1);
    for (;;) {
      cursor.goTo(cursor.offset + cursor.match(PLAIN)!.length);
      const next = cursor.text[cursor.offset];
      if (next === '"') {
        return cursor.goTo(cursor.offset + 1);
      }
      if (next !== '\\') {
        this.fail('a text ends on its line, in double quotes; write \\n for a line break');
      }
      if (!skipEscape(cursor)) {
        cursor.fail(ESCAPE_RULE);
      }
    }
  }

  /** @throws HclError where the token begins */
  private fail(rule: string): never {
    throw new HclError(this.line, this.column, rule);
  }
}
