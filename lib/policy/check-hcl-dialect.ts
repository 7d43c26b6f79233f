import type { HclToken } from './hcl-tokens';

/** A problem of an HCL text, and the line it is on. */
export interface HclProblem {
  readonly line: number;
  readonly problem: string;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * What a parser of HCL 2 would read in another way than Vault, which reads HCL 1, or take where Vault refuses.
 *
 * Source: `hcl/scanner/scanner.go` and `hcl/parser/parser.go` of github.com/hashicorp/hcl 1.0.1.
 */
export function checkHclDialect(tokens: readonly HclToken[]): HclProblem[] {
  const [first] = tokens;
  if (first?.text === '{') {
    return [
      {
        line: first.line,
        problem: `a policy in JSON can not be read here; write 'path "…" { … }' blocks instead`,
      },
    ];
  }
  return [...tokens.flatMap(checkToken), ...repeatedKeys(tokens)];
}

function checkToken({ text, line }: HclToken): HclProblem[] {
  const problem = dialectProblem(text);
  return problem === undefined ? [] : [{ line, problem }];
}

function dialectProblem(text: string): string | undefined {
  if (text === '"') {
    return 'a string does not end on its line; close its quotes, and write \\n for a line break';
  }
  if (text.normalize('NFC') !== text) {
    return `HCL 2 would compose its letters and accents, Vault does not; write ${text.normalize('NFC')}; got ${text}`;
  }
  if (text.startsWith('"')) {
    const sequence = /[$%]\{/.exec(text)?.[0];
    const escaped = sequence === '${' ? '\\u0024{' : '\\u0025{';
    return (
      sequence &&
      `'${sequence}' starts a template in HCL 2 and none in Vault; write '${escaped}'; got ${text}`
    );
  }
  if (/^-?\d/.test(text)) {
    return NUMBER.test(text)
      ? undefined
      : `a number is written in decimal digits without leading zeros; got '${text}'`;
  }
  return /^[\p{L}_{}[\]=,]/u.test(text)
    ? undefined
    : `'${text}' has no place in a policy; write a plain string in double quotes, number, true, false or list`;
}

/**
 * The parser lets the last of an object's equal keys win, and a block beside an argument of its name. Only paths,
 * at the top, may stand twice.
 */
function repeatedKeys(tokens: readonly HclToken[]): HclProblem[] {
  const scopes: Set<string>[] = [];
  return tokens.flatMap(({ text, line, depth }, index) => {
    if (text === '{') {
      scopes[depth + 1] = new Set();
    }
    const next = tokens[index + 1]?.text;
    if (depth === 0 || !/^["\p{L}_]/u.test(text) || (next !== '=' && next !== '{')) {
      return [];
    }
    const key = text.replace(/^"|"$/g, '');
    if (scopes[depth]?.has(key)) {
      return [{ line, problem: `each name stands once in a block; join the values of '${key}' in one list` }];
    }
    scopes[depth]?.add(key);
    return [];
  });
}
