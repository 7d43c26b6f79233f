/** A word, string, number or sign of an HCL text; comments and white space are none. */
export interface HclToken {
  readonly text: string;
  readonly start: number;

  /** Counted from 1. */
  readonly line: number;

  /** How many braces are open around it; a brace itself counts as outside. */
  readonly depth: number;
}

const TOKEN =
  /[ \t\r\n]+|#.*|\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|[\p{L}_][\p{L}\p{N}_-]*|-?\d[\w.]*(?:(?<=[eE])[+-]\d+)?|<<|[^]/gu;

/** The tokens of an HCL text; it judges nothing, so a text that is not HCL has tokens too. */
export function hclTokens(text: string): HclToken[] {
  const tokens: HclToken[] = [];
  let line = 1;
  let depth = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (!/^(?:[ \t\r\n#]|\/[/*])/.test(token)) {
      depth -= token === '}' ? 1 : 0;
      tokens.push({ text: token, start: match.index, line, depth });
      depth += token === '{' ? 1 : 0;
    }
    line += token.split('\n').length - 1;
  }
  return tokens;
}

/** The tokens cut behind each brace that closes a top-level block. */
export function hclBlocks(tokens: readonly HclToken[]): HclToken[][] {
  const blocks: HclToken[][] = [];
  let block: HclToken[] = [];
  for (const token of tokens) {
    block.push(token);
    if (token.text === '}' && token.depth === 0) {
      blocks.push(block);
      block = [];
    }
  }
  return block.length === 0 ? blocks : [...blocks, block];
}
