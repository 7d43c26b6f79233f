import type { PlainValue } from './agent-config';

const UNITS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/**
 * Seconds of a duration as the agent reads it: `90`, `"90"`, `"1m30s"`, `"1.5h"`, `"2d"`; undefined for anything else.
 *
 * Source: `ParseDurationSecond` in github.com/hashicorp/go-secure-stdlib/parseutil 0.2.0, `ParseDuration` of Go's time.
 */
export function parseDuration(value: PlainValue | undefined): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  if (value === '') {
    return 0;
  }
  const plain = /^([+-]?\d+)(d?)$/.exec(value);
  if (plain) {
    return Number(plain[1]) * (plain[2] === 'd' ? 86_400 : 1);
  }
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|ns))+$/.test(value)) {
    return undefined;
  }
  const parts = [...value.matchAll(/([\d.]+)([a-zµ]+)/g)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!, 0);
  return value.startsWith('-') ? -seconds : seconds;
}
