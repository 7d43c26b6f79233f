import type { Duration } from 'aws-cdk-lib/core';
import { duration, type Field, withRule } from '../checks';

/** A duration in seconds, as Vault takes it; a fraction stays, so that {@link wholeSeconds} can report it. */
export function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

/** A duration of Go is a count of nanoseconds in 63 bits. Source: https://pkg.go.dev/time#Duration */
const LONGEST = 9_223_372_036;

/** A duration that Vault can count. */
export const wholeSeconds: Field = withRule(duration, (place, given: Duration) => {
  const count = seconds(given);
  if (Number.isInteger(count) && count <= LONGEST) {
    return [];
  }
  return count > LONGEST
    ? `${place}: Vault can't count further than ${LONGEST} s, 292 years; got ${count} s`
    : `${place}: Vault counts whole seconds; got ${count} s`;
});

/** The same, not shorter than a least duration. @param words the least, in words */
export function wholeSecondsFrom(least: number, words: string): Field {
  return withRule(wholeSeconds, (place, given: Duration) =>
    seconds(given) < least ? `${place}: must be ${words} or more; got ${seconds(given)} s` : [],
  );
}
