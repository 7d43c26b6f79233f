import { checkHclDialect, type HclProblem } from './check-hcl-dialect';
import { hclBlocks, type HclToken, hclTokens } from './hcl-tokens';
import { parseBlock, type Parsed } from './parse-block';
import { readBlock } from './read-block';
import type { PolicyRule } from './rule';

/** A rule, and the line that its block starts on. */
export interface ParsedRule {
  readonly line: number;
  readonly rule: PolicyRule;
}

/**
 * The rules of an existing policy, in the order of the file, as Vault reads them. The parser is one of HCL 2:
 * what it would read in another way than Vault, or what a rule can't express, is an error and never a guess.
 * `name` and `comment` mean nothing to Vault and are dropped; `policy = "read"` and its like become the
 * capabilities that they stand for.
 *
 * `parseHcl(renderHcl(rules))` gives back the rules.
 *
 * Source: https://developer.hashicorp.com/vault/docs/concepts/policies#policy-syntax, `parsePaths` in Vault's
 * `vault/policy.go` (1.21.1).
 *
 * @param text the policy in HCL
 * @param file what the text is called in messages
 * @throws Error with a line a problem, each with the file, the line and what to write instead
 */
export async function parseHcl(text: string, file: string): Promise<PolicyRule[]> {
  return (await parseHclLines(text, file)).map(({ rule }) => rule);
}

/** {@link parseHcl} for who has more to say about a line. */
export async function parseHclLines(text: string, file: string): Promise<ParsedRule[]> {
  const tokens = hclTokens(text);
  let results: readonly (ParsedRule | HclProblem)[] = checkHclDialect(tokens);
  if (results.length === 0) {
    results = (await Promise.all(hclBlocks(tokens).map((block) => readPathBlock(text, block)))).flat();
  }
  const problems = results.filter((result) => 'problem' in result);
  if (problems.length > 0) {
    throw invalidPolicy(file, problems);
  }
  return results.filter((result) => 'rule' in result);
}

/** An error with a line a problem. */
export function invalidPolicy(file: string, problems: readonly HclProblem[]): Error {
  return new Error(problems.map(({ line, problem }) => `${file}:${line}: ${problem}.`).join('\n'));
}

/** Parsed block by block, because what the parser gives has neither lines nor the order of the file. */
async function readPathBlock(
  text: string,
  tokens: readonly HclToken[],
): Promise<(ParsedRule | HclProblem)[]> {
  const first = tokens[0]!;
  const last = tokens.at(-1)!;
  const source = text.slice(first.start, last.start + last.text.length);
  let parsed: Parsed;
  try {
    parsed = await parseBlock(source);
  } catch (error) {
    return [parserProblem(error as Error, first.line)];
  }
  return Object.entries(parsed).flatMap(([key, value]): (ParsedRule | HclProblem)[] => {
    const line = lineOf(tokens, key, 0);
    if (key !== 'path') {
      return key === 'name'
        ? []
        : [{ line, problem: `'${key}' has no place here; a policy has path blocks only` }];
    }
    if (!isPathBlock(tokens)) {
      return [{ line, problem: `a path has one name and a block; write 'path "secret/data/app" { … }'` }];
    }
    const [[name, [block]]] = Object.entries(value as Labelled) as [[string, Labelled[string]]];
    const rule = readBlock(name, block);
    return Array.isArray(rule)
      ? rule.map(({ argument, problem }) => ({ line: lineOf(tokens, argument, 1), problem }))
      : [{ line, rule }];
  });
}

/** What the parser makes of a block with one name. */
type Labelled = Readonly<Record<string, readonly [Record<string, unknown>]>>;

/** Asked of the tokens: an argument `path = { … }` can look the same in what the parser gives. */
function isPathBlock(tokens: readonly HclToken[]): boolean {
  const start = tokens.findIndex(({ text }) => text === 'path');
  const [name, brace] = tokens.slice(start + 1, start + 3).map(({ text }) => text);
  return name !== '=' && brace === '{';
}

function lineOf(tokens: readonly HclToken[], word: string, depth: number): number {
  return (tokens.find((token) => token.text === word && token.depth === depth) ?? tokens[0]!).line;
}

/** The first of the parser's problems, without its details: the others often follow from it. */
function parserProblem(error: Error, firstLine: number): HclProblem {
  const [, line = '1', said = error.message] = /policy:(\d+),[^:]*: ([^;]*)/.exec(error.message) ?? [];
  return {
    line: firstLine + Number(line) - 1,
    problem:
      `the parser of HCL 2 refuses it, also where Vault would not (${said}); ` +
      `write one argument a line, lists in brackets with commas, and strings in double quotes`,
  };
}
