import { HclError } from './hcl-error';
import { unquoteHcl, unquoteJson } from './unquote';
import type { LiteralKind } from './token';

const INTEGER = /^([+-]?)(0[xX](?:_?[\da-fA-F])+|0[oO]?(?:_?[0-7])+|0[bB](?:_?[01])+|0|[1-9](?:_?\d)*)$/;
const MOST = 2n ** 63n - 1n;

/** What the value of a literal is read from. */
export interface LiteralSource {
  readonly kind: LiteralKind;
  readonly source: string;
  readonly line: number;
  readonly column: number;
  readonly json: boolean;
}

/**
 * The value of a literal.
 *
 * Source: `Value` in `hcl/token/token.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @throws HclError if it has none
 */
export function valueOf(literal: LiteralSource): string | number | boolean {
  const { kind, source, json } = literal;
  switch (kind) {
    case 'name':
      return source;
    case 'text':
      return (
        (json ? unquoteJson(source) : unquoteHcl(source)) ??
        fail(literal, 'a text has an escape sequence that means no character')
      );
    case 'heredoc':
      return heredocValue(source);
    case 'number':
      return Number(integerValue(literal));
    case 'fraction':
      return fractionValue(literal);
    case 'truth':
      return source === 'true';
    case 'null':
      return '';
  }
}

/**
 * The value of a `number`, octal after a leading 0.
 * @throws HclError if it has none, or needs more than 64 bits
 */
export function integerValue(literal: Pick<LiteralSource, 'source' | 'line' | 'column'>): bigint {
  const value = parseInteger(literal.source);
  return value ?? fail(literal, 'a whole number has 64 bits at most, and octal digits after a leading 0');
}

/**
 * A whole number as Go reads it if the text gives its base; undefined if it is none, or needs more than 64
 * bits.
 */
export function parseInteger(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const size = BigInt(digits.replaceAll('_', '').replace(/^0o?(?=[0-7])/i, '0o'));
  const value = sign === '-' ? -size : size;
  return value > MOST || value < -MOST - 1n ? undefined : value;
}

/** @throws HclError if it has no value, or needs more than 64 bits */
export function fractionValue(literal: Pick<LiteralSource, 'source' | 'line' | 'column'>): number {
  const value = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(literal.source)
    ? Number(literal.source)
    : NaN;
  return Number.isFinite(value)
    ? value
    : fail(literal, 'a number ends with a digit, and has 64 bits at most');
}

/**
 * The content of a heredoc. After `<<-` the blanks of the last line are removed from each line, if each line
 * has them. Otherwise the blanks before the last line's anchor stay in the value, as in the library.
 *
 * Source: `unindentHeredoc` in `hcl/token/token.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 */
function heredocValue(source: string): string {
  const firstBreak = source.indexOf('\n');
  const body = source.slice(firstBreak + 1);
  const anchor = firstBreak - 2;
  if (source[2] !== '-') {
    return body.slice(0, body.length - anchor - 1);
  }
  const lines = body.slice(0, body.length - anchor).split('\n');
  const blanks = lines.at(-1)!;
  if (lines.every((line) => line.startsWith(blanks))) {
    return [...lines.slice(0, -1).map((line) => line.slice(blanks.length)), ''].join('\n');
  }
  let end = body.length - anchor - 1;
  while (end > 0 && (body[end - 1] === ' ' || body[end - 1] === '\t')) {
    end--;
  }
  return body.slice(0, end);
}

function fail({ line, column }: Pick<LiteralSource, 'line' | 'column'>, rule: string): never {
  throw new HclError(line, column, rule);
}
