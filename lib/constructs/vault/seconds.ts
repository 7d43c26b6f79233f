import type { Duration } from 'aws-cdk-lib/core';
import { type IResolvable, Token } from 'cdktf';
import { duration, type Field, preconditionOfNumber, withRule } from '../checks';

/**
 * A duration: one of cdk, or a reference to a number of seconds that Terraform knows at apply, such as the
 * `numberValue` of a variable. A number as such has no unit, and is refused.
 */
export type Seconds = Duration | IResolvable;

/** A duration in seconds, as Vault takes it; a fraction stays, so that {@link wholeSeconds} can report it. */
export function seconds(given: Seconds): number {
  return isReference(given) ? Token.asNumber(given) : given.toSeconds({ integral: false });
}

/** The same, if it is known at synth. */
export function knownSeconds(given: Seconds | undefined): number | undefined {
  return given === undefined || isReference(given) ? undefined : seconds(given);
}

/** A duration of Go is a count of nanoseconds in 63 bits. Source: https://pkg.go.dev/time#Duration */
const LONGEST = 9_223_372_036;

const SECONDS: Field = {
  type: (place, given) => {
    if (Token.isUnresolved(given)) {
      return [];
    }
    return typeof given !== 'number'
      ? duration.type(place, given)
      : [`${place}: must be a Duration, such as Duration.hours(1), or a reference to a number; got a number`];
  },
};

/** A duration that Vault can count. */
export const wholeSeconds: Field = wholeSecondsFrom(0, '0 s');

/** The same, not shorter than a least duration. @param words the least, in words */
export function wholeSecondsFrom(least: number, words: string): Field {
  return {
    ...withRule(SECONDS, (place, given: Seconds) => {
      const count = knownSeconds(given);
      if (count === undefined) {
        return [];
      }
      return [
        ...(count > LONGEST
          ? [`${place}: Vault can't count further than ${LONGEST} s, 292 years; got ${count} s`]
          : []),
        ...(Number.isInteger(count) || count > LONGEST
          ? []
          : [`${place}: Vault counts whole seconds; got ${count} s`]),
        ...(count < least ? [`${place}: must be ${words} or more; got ${count} s`] : []),
      ];
    }),
    atApply: (place, given) =>
      Token.isUnresolved(given)
        ? [
            preconditionOfNumber(place, Token.asNumber(given), {
              from: least,
              to: LONGEST,
              says: `whole seconds, from ${least} to ${LONGEST}`,
            }),
          ]
        : [],
  };
}

function isReference(given: Seconds): given is IResolvable {
  return Token.isUnresolved(given);
}
