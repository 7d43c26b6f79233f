import { duration } from './duration';
import type { PartEvent } from './part';

/** One line about what happens: the step, its progress, its time so far, and how long such a step takes. */
export function describeProgress({
  part,
  phase,
  message,
  percent,
  elapsedSeconds,
  typicalSeconds,
}: PartEvent): string {
  if (phase === 'find' || phase === 'ready') return `${part}: ${message}`;
  const far = percent === undefined ? '' : `, ${percent} %`;
  const usual = typicalSeconds === undefined ? '' : ` (takes ${duration(typicalSeconds)})`;
  return `${part}: ${message}${far}, ${elapsedSeconds ?? 0} s${usual}`;
}
