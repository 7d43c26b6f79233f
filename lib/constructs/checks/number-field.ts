import { Token } from 'cdktf';
import { type Field, number, withRule } from './field';
import { preconditionOfNumber } from './value-rule';

/** A whole number. @param says the rule in words, after 'must be' */
export function wholeNumber(from: number, says = `a whole number from ${from}`): Field {
  return {
    ...withRule(number, (place, value: number) =>
      Token.isUnresolved(value) || (Number.isSafeInteger(value) && value >= from)
        ? []
        : `${place}: must be ${says}; got ${value}`,
    ),
    atApply: (place, value) =>
      Token.isUnresolved(value) ? [preconditionOfNumber(place, value as number, { from, says })] : [],
  };
}
