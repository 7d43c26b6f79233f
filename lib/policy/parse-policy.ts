import { mergeRules } from './merge-rules';
import { PolicyError, readPolicy } from './read-policy';
import type { PolicyRule } from './rule';

/**
 * The rules of an existing policy, in the order of the text, as Vault reads them: `policy = "read"` and
 * similar forms become the capabilities that they mean, and the rules of one path become one rule. What a
 * rule can't say (`name`, `comment`, `control_group`, `mfa_methods`) is left out.
 *
 * `parsePolicy(renderHcl(rules))` gives back the rules.
 *
 * @param text the policy in HCL or JSON
 * @param file the name of the text in messages
 * @throws Error if Vault refuses it, with a line for each problem: the file, its line and column, and what must be
 */
export function parsePolicy(text: string, file: string): PolicyRule[] {
  return rulesOf(readOrThrow(text, file));
}

/** {@link readPolicy} with the name of a file in its errors. */
export function readOrThrow(text: string, file: string): ReturnType<typeof readPolicy> {
  try {
    return readPolicy(text);
  } catch (error) {
    throw error instanceof PolicyError ? new Error(describe(error, file)) : error;
  }
}

export function rulesOf({ blocks }: ReturnType<typeof readPolicy>): PolicyRule[] {
  return mergeRules(blocks.map(({ rule }) => rule));
}

function describe({ problems }: PolicyError, file: string): string {
  return problems.map(({ line, column, problem }) => `${file}:${line}:${column}: ${problem}.`).join('\n');
}
