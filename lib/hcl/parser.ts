import { HclError } from './hcl-error';
import type { LiteralKind, Scanner, TokenKind } from './token';
import { HclLiteral } from './tree';

/**
 * The deepest nesting of lists and objects. The library has no limit; a policy or an agent's file needs six.
 */
const DEEPEST = 1_000;

/** What the parsers of HCL and of JSON share: a token may be looked at before it is taken. */
export abstract class Parser {
  private peeked = false;
  private depth = 0;

  protected constructor(
    protected readonly scanner: Scanner,
    private readonly json: boolean,
  ) {}

  /** Takes the next token. */
  protected next(): TokenKind {
    if (this.peeked) {
      this.peeked = false;
      return this.scanner.kind;
    }
    return this.scanner.advance();
  }

  /** Looks at the next token, which {@link next} then takes. */
  protected peek(): TokenKind {
    const kind = this.next();
    this.peeked = true;
    return kind;
  }

  /** The token that was taken last, as a literal. */
  protected literal(): HclLiteral {
    const { kind, source, line, column } = this.scanner;
    return new HclLiteral(kind as LiteralKind, source, line, column, this.json);
  }

  /** What is in brackets or braces. */
  protected inside<T>(read: () => T): T {
    if (++this.depth > DEEPEST) {
      this.fail(`lists and objects are nested ${DEEPEST} deep at most`);
    }
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** @throws HclError at the token that was taken last; at the end of the text, after the token before it */
  protected fail(rule: string): never {
    const { kind, line, column, previousLine, previousColumn } = this.scanner;
    throw kind === 'end'
      ? new HclError(previousLine, previousColumn, `the text ends too early: ${rule}`)
      : new HclError(line, column, rule);
  }
}
