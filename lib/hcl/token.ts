/**
 * What a token is. `null` and `:` are of JSON alone, `name`, `heredoc`, `=`, `+` and `-` of HCL.
 */
export type TokenKind =
  | 'name'
  | 'text'
  | 'heredoc'
  | 'number'
  | 'fraction'
  | 'truth'
  | 'null'
  | '{'
  | '}'
  | '['
  | ']'
  | '='
  | ':'
  | ','
  | '.'
  | '+'
  | '-'
  | 'end';

/** The kinds that are a value by themselves. */
export type LiteralKind = Extract<
  TokenKind,
  'name' | 'text' | 'heredoc' | 'number' | 'fraction' | 'truth' | 'null'
>;

/** Gives the tokens of a text one after the other. The fields are of the token that {@link advance} found last. */
export interface Scanner {
  readonly kind: TokenKind;
  /** The token as it is in the text. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** Where the token before it ends. */
  readonly previousLine: number;
  readonly previousColumn: number;

  /** @throws HclError */
  advance(): TokenKind;
}
