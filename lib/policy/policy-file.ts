import { readOrThrow, rulesOf } from './parse-policy';
import type { PolicyRule } from './rule';

/** A Vault policy that is kept as a file in HCL or JSON. */
export interface PolicyFile {
  /** Where it was read from, as it was given. */
  readonly path: string;

  /**
   * The file as it is, with its comments, as Vault gets it. If you pass it through Terraform, escape the `${`
   * and `%{` of its comments.
   */
  readonly text: string;

  /** The same policy as rules, as Vault reads them: one rule for each path. */
  readonly rules: readonly PolicyRule[];

  /**
   * What Vault reads differently from how it looks, each with its line and column: a leading `/`, a `*` that
   * is no wildcard, a path that is there twice. `VaultPolicy` warns about it.
   */
  readonly remarks: readonly string[];
}

/**
 * A policy from the text of its file.
 *
 * @param path the name of the file in messages
 * @throws Error if Vault refuses it, with a line for each problem: the file, its line and column, and what must be
 */
export function policyFile(path: string, text: string): PolicyFile {
  // The server's API refuses it; its parser, which `readOrThrow` follows, does not.
  if (text === '') {
    throw new Error(`${path}: a policy must not be empty. Write a rule, or delete the file.`);
  }
  const read = readOrThrow(text, path);
  return {
    path,
    text,
    rules: rulesOf(read),
    remarks: read.remarks().map(({ line, column, remark }) => `${path}:${line}:${column}: ${remark}`),
  };
}
