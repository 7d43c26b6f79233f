import { BARE_FRACTION, EXPONENT } from './scan-number';
import { HclError } from './hcl-error';
import { skipHeredoc } from './scan-heredoc';
import { ESCAPE_RULE, skipEscape } from './scan-quoted';
import { TextCursor } from './text-cursor';
import type { Scanner, TokenKind } from './token';

const NAME = /[a-zA-Z_][\w.-]*/y;
const WIDE_NAME = /[\p{L}_][\p{L}\p{Nd}_.-]*/uy;
const HEXADECIMAL = /0[xX][\da-fA-F]*/y;
const DIGITS = /\d+/y;
const NUMBER_TAIL = new RegExp(`\\.[0-9]*(?:${EXPONENT})?|${EXPONENT}`, 'uy');
const PLAIN = /[^"\\$\n]*/y;
const INTERPOLATED = /[^\\{}]*/y;

/** Characters that end the reading wherever they are, in a comment too. */
const FORBIDDEN = /[\0\ue123]/;

/**
 * The tokens of a text in HCL 1, comments left out.
 *
 * Source: `hcl/scanner/scanner.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 */
export class HclScanner implements Scanner {
  kind: TokenKind = 'end';
  source = '';
  line = 1;
  column = 1;
  previousLine = 1;
  previousColumn = 1;

  private readonly cursor: TextCursor;
  /** What is wrong with the character at the cursor's end, if the text goes on there. */
  private readonly forbidden?: string;

  constructor(text: string) {
    const at = text.search(FORBIDDEN);
    this.cursor = new TextCursor(at === -1 ? text : text.slice(0, at));
    if (at !== -1) {
      this.forbidden =
        text[at] === '\0'
          ? 'a NUL character (U+0000) is not allowed in HCL'
          : 'HCL keeps the character U+E123 for itself; in a text write \\ue123';
    }
  }

  advance(): TokenKind {
    const { cursor } = this;
    // There is no other token after the end.
    if (this.kind !== 'end') {
      this.previousLine = cursor.line;
      this.previousColumn = cursor.column;
    }
    this.skipToToken();
    const start = cursor.offset;
    this.line = cursor.line;
    this.column = cursor.column;
    this.kind = cursor.atEnd ? this.complete('end') : this.token(cursor.code());
    this.source = cursor.text.slice(start, cursor.offset);
    if (this.source === 'true' || this.source === 'false') {
      this.kind = 'truth';
    }
    return this.kind;
  }

  private token(code: number): TokenKind {
    const { cursor } = this;
    if (isAsciiLetter(code)) {
      this.name(NAME);
      return 'name';
    }
    if (isDigit(code)) {
      return this.number();
    }
    switch (code) {
      case QUOTE:
        this.text();
        return 'text';
      case 0x2d: // -
        cursor.goTo(cursor.offset + 1);
        return isDigit(cursor.code()) ? this.number() : '-';
      case 0x2e: // .
        if (isDigit(cursor.code(1))) {
          return this.fraction(BARE_FRACTION, /\d$/);
        }
        cursor.goTo(cursor.offset + 1);
        return '.';
      case 0x3c: // <
        if (!skipHeredoc(cursor)) {
          cursor.goOver(cursor.text.length);
          this.failOr(() =>
            this.unfinished(
              "a heredoc ends with a line that has its anchor alone; after '<<-' that line is indented",
            ),
          );
        }
        return 'heredoc';
    }
    const character = cursor.text[cursor.offset]!;
    if ('{}[]=,+'.includes(character)) {
      cursor.goTo(cursor.offset + 1);
      return character as TokenKind;
    }
    if (code >= 0x80 && cursor.match(WIDE_NAME) !== undefined) {
      this.name(WIDE_NAME);
      return 'name';
    }
    return cursor.fail(
      code === 0xfeff
        ? 'the text has a byte order mark (U+FEFF); save it without'
        : 'this character is not allowed here; texts are in double quotes',
    );
  }

  private name(pattern: RegExp): void {
    const { cursor } = this;
    const name = cursor.match(pattern)!;
    cursor.goTo(cursor.offset + name.length);
    if (pattern === NAME && cursor.code() >= 0x80) {
      cursor.goTo(cursor.offset - name.length);
      cursor.goTo(cursor.offset + cursor.match(WIDE_NAME)!.length);
    }
    this.complete('name');
  }

  private number(): TokenKind {
    const { cursor } = this;
    const hexadecimal = cursor.match(HEXADECIMAL);
    if (hexadecimal !== undefined) {
      cursor.goTo(cursor.offset + hexadecimal.length);
      this.complete('number');
      return hexadecimal.length > 2 ? 'number' : cursor.fail('0x is followed by hexadecimal digits');
    }
    const digits = cursor.match(DIGITS)!;
    cursor.goTo(cursor.offset + digits.length);
    if (cursor.match(NUMBER_TAIL) !== undefined) {
      return this.fraction(NUMBER_TAIL, /\d$|[eE][+-]?$/);
    }
    this.complete('number');
    // The library looks from the third digit on; what it lets through has no value.
    return /^0\d+[89]/.test(digits)
      ? cursor.fail('a number that begins with 0 is octal: it has digits up to 7')
      : 'number';
  }

  /** @param looksAhead after a match the library reads one more character */
  private fraction(pattern: RegExp, looksAhead: RegExp): TokenKind {
    const { cursor } = this;
    const end = cursor.match(pattern)!;
    cursor.skip(pattern);
    return looksAhead.test(end) ? this.complete('fraction') : 'fraction';
  }

  private text(): void {
    const { cursor } = this;
    let braces = 0;
    cursor.goTo(cursor.offset + 1);
    for (;;) {
      if (braces === 0) {
        cursor.goTo(cursor.offset + cursor.match(PLAIN)!.length);
      } else {
        cursor.skip(INTERPOLATED);
      }
      switch (cursor.code()) {
        case BACKSLASH:
          if (!skipEscape(cursor)) {
            return this.failOr(() => cursor.fail(ESCAPE_RULE));
          }
          continue;
        case QUOTE:
          return cursor.goTo(cursor.offset + 1);
        case DOLLAR:
          if (cursor.code(1) === OPENING_BRACE) {
            braces++;
            cursor.goTo(cursor.offset + 1);
          }
          break;
        case OPENING_BRACE:
          braces++;
          break;
        case CLOSING_BRACE:
          braces--;
          break;
        default:
          return this.failOr(() =>
            this.unfinished(
              braces === 0
                ? 'a text ends on its line, in double quotes; write \\n for a line break'
                : "a text has '${' and nothing closes it; write \\u0024{ for the two characters",
            ),
          );
      }
      cursor.goTo(cursor.offset + 1);
    }
  }

  /** Skips blanks and comments. */
  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      cursor.skipBlanks();
      const code = cursor.code();
      if (code === 0x23 || (code === 0x2f && cursor.code(1) === 0x2f)) {
        const end = cursor.text.indexOf('\n', cursor.offset);
        cursor.goTo(end === -1 ? cursor.text.length : end);
      } else if (code === 0x2f) {
        this.skipLongComment();
      } else {
        return;
      }
    }
  }

  private skipLongComment(): void {
    const { cursor } = this;
    if (cursor.code(1) !== 0x2a) {
      cursor.fail("a comment begins with '#', '//' or '/*'");
    }
    const end = cursor.text.indexOf('*/', cursor.offset + 2);
    if (end !== -1) {
      return cursor.goOver(end + 2);
    }
    this.line = cursor.line;
    this.column = cursor.column;
    cursor.goOver(cursor.text.length);
    this.failOr(() => this.unfinished("a comment that begins with '/*' ends with '*/'"));
  }

  /** The library reads one character beyond some tokens. */
  private complete(kind: TokenKind): TokenKind {
    return this.failOr(() => kind);
  }

  /** What else is to be done, unless a forbidden character comes next. */
  private failOr<T>(otherwise: () => T): T {
    return this.cursor.atEnd && this.forbidden !== undefined ? this.cursor.fail(this.forbidden) : otherwise();
  }

  /** @throws HclError where the token begins, because its end is not there to point at */
  private unfinished(rule: string): never {
    throw new HclError(this.line, this.column, rule);
  }
}

const QUOTE = 0x22;
const DOLLAR = 0x24;
const BACKSLASH = 0x5c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}
