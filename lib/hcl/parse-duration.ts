import type { Anything } from './decode-anything';

const SECOND = 1_000_000_000n;
const MOST = 2n ** 63n - 1n;

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  // The sign for micro, and the Greek letter.
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};

/**
 * Seconds of a duration as Vault and its agent read it: `90`, `"90"`, `"1m30s"`, `"1.5h"`, `"2d"`. They take fractions
 * and durations below 0 too.
 *
 * Source: `ParseDurationSecond` in github.com/hashicorp/go-secure-stdlib/parseutil 0.2.0, `ParseDuration` in Go's `time`.
 *
 * @returns undefined for what they refuse
 */
export function parseDuration(given: Anything | string | number): number | undefined {
  const nanoseconds = nanosecondsOf(typeof given === 'object' ? given : scalar(given));
  return nanoseconds === undefined || nanoseconds > MOST || nanoseconds < -MOST - 1n
    ? undefined
    : Number(nanoseconds) / Number(SECOND);
}

function scalar(given: string | number): Anything {
  return typeof given === 'string' ? { type: 'text', value: given } : { type: 'fraction', value: given };
}

function nanosecondsOf(given: Anything): bigint | undefined {
  switch (given.type) {
    case 'integer':
      return given.value * SECOND;
    case 'fraction':
      return Number.isFinite(given.value) ? BigInt(Math.trunc(given.value)) * SECOND : undefined;
    case 'text':
      return given.value === '' ? 0n : (wholeUnits(given.value) ?? goDuration(given.value));
    case 'truth':
    case 'list':
    case 'map':
    case 'maps':
      return undefined;
  }
}

function wholeUnits(text: string): bigint | undefined {
  const [, sign, digits, days] = /^([+-]?)(\d+)(d?)$/.exec(text) ?? [];
  return digits === undefined
    ? undefined
    : BigInt(digits) * (sign === '-' ? -1n : 1n) * SECOND * (days === '' ? 1n : 86_400n);
}

function goDuration(text: string): bigint | undefined {
  const [, sign, rest = ''] = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)[^\d.]+)+)$/.exec(text) ?? [];
  let sum = 0n;
  for (const [, whole = '', fraction = '', unit] of rest.matchAll(/(\d*)\.?(\d*)([^\d.]+)/g)) {
    const size = Object.hasOwn(UNITS, unit!) ? UNITS[unit!]! : undefined;
    if (size === undefined) {
      return undefined;
    }
    // Nobody writes more than 18 digits. The library rounds the digits after them.
    const digits = fraction.slice(0, 18);
    const part = digits === '' ? 0 : Math.trunc(Number(digits) * (Number(size) / 10 ** digits.length));
    sum += BigInt(whole === '' ? 0 : whole) * size + BigInt(part);
  }
  return rest === '' ? undefined : sign === '-' ? -sum : sum;
}
