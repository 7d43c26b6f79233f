import { Fn, type IResolvable, Op, type Precondition, TerraformIterator, Token } from 'cdktf';

/** What a text must look like. AWS or Vault would refuse another text late, or store it and never match it. */
export interface ValueRule {
  /** For JavaScript and for Terraform's `regex` alike, so without look-around and flags. */
  readonly pattern: RegExp;
  /** What is refused although the pattern matches. @default nothing */
  readonly except?: RegExp;
  /** The rule in words, after 'must be'. */
  readonly says: string;
  /** The subject of the rule. @default only the prop, which the place names */
  readonly subject?: string;
  /** What a pattern can't say, so it is checked only at synth. @default nothing */
  readonly also?: (text: string) => boolean;
  /** A more specific reason for a text that is refused at synth. @default what the rule says */
  readonly explain?: (text: string) => string | undefined;
}

/** What is wrong with a text that is known at synth. */
export function problemOf(rule: ValueRule, place: string, text: unknown): string | undefined {
  // An undefined value from JavaScript would pass as the text 'undefined'.
  if (typeof text === 'string' && fits(rule, text)) {
    return undefined;
  }
  if (typeof text === 'string' && isOfList(text)) {
    return `${place}: is a reference to a list, and needs one of its entries; use Fn.element(list, index)`;
  }
  const reason = typeof text === 'string' ? rule.explain?.(text) : undefined;
  return `${place}: ${reason ?? sentence(rule)}; got '${String(text)}'`;
}

/** Whether a text is the only entry of a list that is a reference: cdktf has a mark of its own for it. */
export function isOfList(text: string): boolean {
  return !Token.isUnresolved(text) && Token.isUnresolved([text]);
}

/** Whether a text follows the rule. */
export function fits({ pattern, except, also }: ValueRule, text: string): boolean {
  return pattern.test(text) && !except?.test(text) && (also?.(text) ?? true);
}

/** The same rule for Terraform, for a text that is known only at apply. */
export function preconditionOf(rule: ValueRule, place: string, text: string): Precondition {
  const condition = regexCheck(rule.pattern, text);
  return {
    condition: rule.except ? Op.and(condition, Op.not(regexCheck(rule.except, text))) : condition,
    errorMessage: `${place}: ${sentence(rule)}; got '${text}'`,
  };
}

/** The same rule for Terraform, for each entry of a list that is a reference as a whole. */
export function preconditionOfEach(rule: ValueRule, place: string, list: readonly string[]): Precondition {
  const one = (pattern: RegExp) => `can(regex("${escaped(pattern)}", val))`;
  const entries = TerraformIterator.fromList([...list]).forExpressionForList(
    rule.except ? `${one(rule.pattern)} && !${one(rule.except)}` : one(rule.pattern),
  );
  return {
    condition: Fn.alltrue(Token.asList(entries)),
    errorMessage: `${place}: each ${sentence(rule)}; got '${Fn.join("', '", [...list])}'`,
  };
}

/** The check by Terraform that a list, which is a reference as a whole, has entries. */
export function preconditionOfEmpty(place: string, sentence: string, list: readonly string[]): Precondition {
  return {
    condition: Op.gte(Fn.lengthOf([...list]), 1),
    errorMessage: `${place}: ${sentence}`,
  };
}

/** The check by Terraform of a number that is known only at apply: a whole one, in a range. @param to @default no limit */
export function preconditionOfNumber(
  place: string,
  given: number,
  { from, to, says }: { readonly from: number; readonly to?: number; readonly says: string },
): Precondition {
  // Terraform reads a text as a number only where it calculates, and cdktf writes no 0 into a comparison.
  const count = Op.mul(given, 1);
  const whole = Op.and(Op.eq(Fn.floor(given), count), Op.eq(Fn.max([given, from]), count));
  return {
    condition: to === undefined ? whole : Op.and(whole, Op.lte(given, to)),
    errorMessage: `${place}: must be ${says}; got ${Token.asString(given)}`,
  };
}

/** A pattern's check by Terraform. */
export function regexCheck(pattern: RegExp, text: string): IResolvable {
  return Fn.can(Fn.regex(escaped(pattern), forFunction(text)));
}

/** A text for a function of cdktf. cdktf warns of a text around a reference, so Terraform joins its parts. */
export function forFunction(text: string): string {
  const parts = text.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== '');
  return parts.length > 1 ? Fn.join('', parts) : text;
}

function sentence({ subject, says }: ValueRule): string {
  return subject === undefined ? `must be ${says}` : `${subject} must be ${says}`;
}

/** Terraform takes a backslash in quotes for an escape, and cdktf writes it as it is. */
function escaped({ source }: RegExp): string {
  return source.replaceAll('\\', '\\\\');
}
