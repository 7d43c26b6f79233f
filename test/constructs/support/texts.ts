import fc from 'fast-check';
import type { ValueRule } from '../../../lib/constructs/checks';

/** Texts that keep a rule, and texts that nearly do; the same ones each time. */
export function textsFor({ pattern }: ValueRule): string[] {
  const good = fc.stringMatching(pattern);
  const damaged = fc
    .tuple(good, fc.nat(), fc.constantFrom('', '*', '/', '//', ' ', '\n', 'A', '.', ':', '-', '${', 'é'))
    .map(([text, at, damage]) => {
      const index = at % (text.length + 1);
      return `${text.slice(0, index)}${damage}${text.slice(index + (damage === '' ? 1 : 0))}`;
    });
  const known = fc.constantFrom('', 'root', 'token', 'auth/aws', 'aws:key', 'App', 'role/app/', '*');
  return fc.sample(fc.oneof(good, damaged, known), { numRuns: 60, seed: 1 });
}
