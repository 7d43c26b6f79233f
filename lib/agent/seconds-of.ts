import { parseDuration } from '../hcl';
import type { PlainValue } from './agent-config';

/** Seconds of a duration of the agent's configuration; undefined for what is no duration, or not there. */
export function secondsOf(value: PlainValue | undefined): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseDuration(value) : undefined;
}
