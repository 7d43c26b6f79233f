import { DefaultTokenResolver, type Precondition, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import type { ParameterValue, PolicyRule } from '../../../policy';
import { preconditionOf, type ValueRule } from '../../checks';

/**
 * What a reference in a path may be. A quote would end the path's text, and what follows it would be read as rules. A
 * wildcard, a template, or an empty value before a wildcard would let in more than the rule says.
 */
const IN_PATH: ValueRule = {
  pattern: /^[^\x22\\*{}\x00-\x1f\x7f]+$/,
  except: /(?:^|\/)(?:\+|\.{1,2})(?:\/|$)/,
  says: "a text that is not empty, without quotes, backslashes, braces, '*', control characters, and segments of '+' or dots alone",
};

/** What a reference in the name or value of a parameter, or in an event type, may be. */
const IN_PARAMETER: ValueRule = {
  pattern: /^[^\x22\\*{}\x00-\x1f\x7f]+$/,
  says: "a text that is not empty, without quotes, backslashes, braces, '*' and control characters",
};

const IN_REQUIRED_PARAMETER: ValueRule = {
  ...IN_PARAMETER,
  // Vault finds only names in lower case in a request.
  except: /\p{Lu}/u,
  says: `${IN_PARAMETER.says}, in lower case`,
};

/** A path that a request can have. */
const WHOLE_PATH: ValueRule = {
  pattern: /^./,
  except: /^\/?v1(?:\/|$)|\/\/|^\s|\s$|\+\*/,
  subject: 'a path',
  says: "without 'v1/' at its beginning, without '//' and '+*', and without outer white space",
};

/** Vault chooses these, so they have no character that means something. */
const CHOSEN_BY_VAULT = /^\$\{vault_(?:auth_backend|identity_\w+)\.[\w-]+\.(?:accessor|id)\}$/;

/**
 * What Terraform checks of rules whose texts are known only at apply. They become part of the policy's text, so a
 * value that is no text for its place could add a rule of its own.
 */
export function whenRulesKnown(policy: Construct, rules: readonly PolicyRule[]): readonly Precondition[] {
  const scope = TerraformStack.of(policy);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const written = (reference: string) =>
    String(Tokenization.resolve(reference, { scope, resolver, preparing: false }));
  const referencesIn = (text: string) =>
    Tokenization.reverseString(text)
      .tokens.map(String)
      .filter((reference) => !CHOSEN_BY_VAULT.test(written(reference)));
  // Each reference in a text is checked by itself: the rest of the text is the app's own.
  const whenKnown = (place: string, rule: ValueRule, texts: readonly string[]) =>
    texts.flatMap(referencesIn).map((reference) => preconditionOf(rule, place, reference));
  return rules.flatMap((rule, index) => {
    const at = (field: string) => `rules[${index}].${field}`;
    const { path, requiredParameters = [], subscribeEventTypes = [] } = rule;
    return [
      ...whenKnown(at('path'), IN_PATH, [path]),
      ...(referencesIn(path).length > 0 ? [preconditionOf(WHOLE_PATH, at('path'), path)] : []),
      ...whenKnown(at('requiredParameters'), IN_REQUIRED_PARAMETER, requiredParameters),
      ...whenKnown(at('allowedParameters'), IN_PARAMETER, textsOf(rule.allowedParameters ?? {})),
      ...whenKnown(at('deniedParameters'), IN_PARAMETER, textsOf(rule.deniedParameters ?? {})),
      ...whenKnown(at('subscribeEventTypes'), IN_PARAMETER, subscribeEventTypes),
    ];
  });
}

/**
 * The problems of expressions that are written into a rule as text: Terraform would put their value into the policy
 * unchecked.
 */
export function checkExpressions(rules: readonly PolicyRule[]): string[] {
  return rules.flatMap((rule, index) =>
    Object.entries(rule).flatMap(([field, value]: [string, ParameterValue]) =>
      textsOf(value)
        .filter((text) => EXPRESSION.test(text))
        .map(
          (text) =>
            `rules[${index}].${field}: must be without '\${' and '%{', which begin an expression of Terraform; ` +
            `use a reference of cdktf, such as variable.stringValue, whose value is checked; got '${text}'`,
        ),
    ),
  );
}

/** Not of a reference of cdktf. */
const EXPRESSION = /[$%]\{(?!TfToken\[)/;

/** The texts of parameters and their values: names too. */
function textsOf(value: ParameterValue): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return (value as readonly ParameterValue[]).flatMap(textsOf);
  }
  return typeof value === 'object'
    ? Object.entries(value).flatMap(([name, each]: [string, ParameterValue]) => [name, ...textsOf(each)])
    : [];
}
