import { readOrThrow, rulesOf } from './parse-hcl';
import type { PolicyRule } from './rule';

/** A Vault policy that is kept as a file in HCL or JSON. */
export interface PolicyFile {
  /** Where it was read from, as it was given. */
  readonly path: string;

  /**
   * The file as it is, comments too, for Vault to get. Whoever has Terraform carry it escapes the `${` and
   * `%{` of its comments.
   */
  readonly text: string;

  /** The same policy as rules, as Vault reads them: one rule for each path. */
  readonly rules: readonly PolicyRule[];

  /**
   * What Vault takes in another way than it looks, each with its line and column: a leading `/`, a `*` that is no
   * wildcard, a path that is there twice. `VaultPolicy` warns of it.
   */
  readonly remarks: readonly string[];
}

/**
 * A policy from the text of its file.
 *
 * @param path what the file is called
 * @throws Error if Vault refuses it, with a line for each problem: the file, its line and column, and what must be
 */
export function policyFile(path: string, text: string): PolicyFile {
  const read = readOrThrow(text, path);
  return {
    path,
    text,
    rules: rulesOf(read),
    remarks: read.remarks().map(({ line, column, remark }) => `${path}:${line}:${column}: ${remark}`),
  };
}
