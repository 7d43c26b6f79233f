import { parseJson } from './parse-json';
import { parseNative } from './parse-native';
import type { HclObject } from './tree';

/** The blanks of Unicode, as Go has them: JavaScript's `\s` has one more and one less. */
const JSON_TEXT = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/;

/**
 * Reads a text in HCL 1 or JSON as Vault and its agent read it: the same texts are taken and refused, and the values
 * are the same. A text whose first character is `{` is JSON.
 *
 * Each argument is given once, as Vault has it since 1.21: it takes an argument twice only if
 * VAULT_ALLOW_PENDING_REMOVAL_DUPLICATE_HCL_ATTRIBUTES is set, which this can't know.
 *
 * Source: `Parse` in `parse.go`, `lexMode` in `lex.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @throws HclError
 */
export function parseHcl(text: string): HclObject {
  // No encoding has half a character: what gets to Vault is U+FFFD.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return JSON_TEXT.test(whole) ? parseJson(whole) : parseNative(whole);
}
