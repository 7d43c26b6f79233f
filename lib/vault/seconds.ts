import type { Duration } from 'aws-cdk-lib/core';

/** A duration in seconds, as Vault takes it; a fraction stays, for {@link checkWholeSeconds} to name. */
export function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

/** What is wrong with durations, by their place; a sentence each. */
export function checkWholeSeconds(durations: Readonly<Record<string, Duration | undefined>>): string[] {
  return Object.entries(durations).flatMap(([place, duration]) =>
    duration === undefined || Number.isInteger(seconds(duration))
      ? []
      : [`${place}: Vault counts whole seconds; got ${seconds(duration)} s`],
  );
}
