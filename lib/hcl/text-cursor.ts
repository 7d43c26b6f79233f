import { HclError } from './hcl-error';

/**
 * A place in a text that only goes forward, and knows its line and column.
 *
 * Columns count characters, as the library does, and not UTF-16 units. Each piece of the text is looked at once.
 */
export class TextCursor {
  /** In UTF-16 units. */
  offset = 0;
  line = 1;

  private lineStart = 0;
  /** Characters of the line beyond 16 bits up to {@link counted}: each is two units and one column. */
  private wide = 0;
  private counted = 0;
  private readonly hasWide: boolean;

  constructor(readonly text: string) {
    this.hasWide = /[\ud800-\udbff]/.test(text);
  }

  /** The column of the next character. */
  get column(): number {
    if (this.hasWide) {
      for (let at = Math.max(this.counted, this.lineStart); at < this.offset; at++) {
        this.wide += Number((this.text.charCodeAt(at) & 0xfc00) === 0xdc00);
      }
      this.counted = this.offset;
    }
    return this.offset - this.lineStart - this.wide + 1;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  /** The code of the next UTF-16 unit, or of the one that many units after it; NaN after the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead);
  }

  /** Goes on to an offset. What is between has no line break. */
  goTo(offset: number): void {
    this.offset = offset;
  }

  /** Goes on to an offset, over line breaks. */
  goOver(offset: number): void {
    for (let at = this.offset; at < offset; at++) {
      if (this.text.charCodeAt(at) === 0x0a) {
        this.startLine(at + 1);
      }
    }
    this.offset = offset;
  }

  /** Skips blanks and line breaks. */
  skipBlanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.offset);
      if (code === 0x0a) {
        this.startLine(++this.offset);
      } else if (code === 0x20 || code === 0x09 || code === 0x0d) {
        this.offset++;
      } else {
        return;
      }
    }
  }

  /** What a sticky pattern matches here; undefined if it does not match. It does not go on. */
  match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.offset;
    return sticky.exec(this.text)?.[0];
  }

  /** Goes on by what a sticky pattern matches here, line breaks too. */
  skip(sticky: RegExp): void {
    this.goOver(this.offset + (this.match(sticky)?.length ?? 0));
  }

  /** @throws HclError here */
  fail(rule: string): never {
    throw new HclError(this.line, this.column, rule);
  }

  private startLine(offset: number): void {
    this.line++;
    this.lineStart = offset;
    this.wide = 0;
  }
}
