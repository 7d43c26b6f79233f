import type { Duration } from 'aws-cdk-lib/core';

/** A duration in seconds, as Vault takes it; a fraction stays, for {@link checkWholeSeconds} to name. */
export function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

/** A duration of Go is a count of nanoseconds in 63 bits. Source: https://pkg.go.dev/time#Duration */
const LONGEST = 9_223_372_036;

/** What is wrong with durations, by their place; a sentence each. */
export function checkWholeSeconds(durations: Readonly<Record<string, Duration | undefined>>): string[] {
  return Object.entries(durations).flatMap(([place, duration]) => {
    const count = duration && seconds(duration);
    if (count === undefined || (Number.isInteger(count) && count <= LONGEST)) {
      return [];
    }
    return count > LONGEST
      ? [`${place}: Vault counts no further than ${LONGEST} s, 292 years; got ${count} s`]
      : [`${place}: Vault counts whole seconds; got ${count} s`];
  });
}
