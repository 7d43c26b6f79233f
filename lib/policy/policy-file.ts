import { readFile } from 'node:fs/promises';
import { findProblems } from './check-rules';
import { invalidPolicy, parseHclLines } from './parse-hcl';
import type { PolicyRule } from './rule';

/** A Vault policy that is kept as an HCL file. */
export interface PolicyFile {
  /** Where it was read from, as it was given. */
  readonly path: string;

  /**
   * The file as it is, comments too, for Vault to get. Whoever has Terraform carry it escapes the `${` and
   * `%{` of its comments.
   */
  readonly text: string;

  /** The same policy as rules, checked as {@link checkRules} does. */
  readonly rules: readonly PolicyRule[];
}

/**
 * Reads a policy from an HCL file, and checks it as a typed one is checked.
 *
 * @param path the file, relative to the working directory; in UTF-8
 * @throws Error with a line a problem, each with the file, the line and what to write instead; or with the file
 * and the cause where it can't be read
 */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  const text = await readText(path);
  const parsed = await parseHclLines(text, path);
  const rules = parsed.map(({ rule }) => rule);
  const problems = findProblems(rules).map(({ index, problem }) => ({
    line: index === undefined ? 1 : parsed[index]!.line,
    problem,
  }));
  if (problems.length > 0) {
    throw invalidPolicy(path, problems);
  }
  return { path, text, rules };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${path}: the policy can not be read (${(error as Error).message}).`);
  }
}
