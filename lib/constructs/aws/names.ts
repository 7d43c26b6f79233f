import { Token } from 'cdktf';
import { IAM_PATH } from '../../iam';

const RULES = {
  user: { pattern: /^[\w+=,.@-]{1,64}$/, says: '1 to 64 letters, digits or any of _+=,.@-' },
  role: { pattern: /^[\w+=,.@-]{1,64}$/, says: '1 to 64 letters, digits or any of _+=,.@-' },
  group: { pattern: /^[\w+=,.@-]{1,128}$/, says: '1 to 128 letters, digits or any of _+=,.@-' },
  policy: { pattern: /^[\w+=,.@-]{1,128}$/, says: '1 to 128 letters, digits or any of _+=,.@-' },
  path: { pattern: IAM_PATH, says: "'/' alone, or parts with one '/' around each" },
};

/**
 * What is wrong with the name or path of an IAM entity; empty where all is well or it is known only at apply.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkIamName(kind: keyof typeof RULES, place: string, value: string): string[] {
  // An undefined one from JavaScript would pass for the text.
  if (Token.isUnresolved(value) || (typeof value === 'string' && RULES[kind].pattern.test(value))) {
    return [];
  }
  return [
    `${place}: an IAM ${kind === 'path' ? 'path' : `${kind} name`} must be ${RULES[kind].says}; got '${value}'`,
  ];
}
