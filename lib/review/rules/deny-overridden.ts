import { capabilitiesBy } from '../../access';
import { isMoreSpecific, overlaps } from '../../policy';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** A new rule allows what a deny of the same policy forbids: it is more specific, so only it counts. */
export const denyOverridden: ReviewRule = {
  id: 'deny-overridden',
  severity: 'high',
  reason: 'If two patterns match a path, Vault uses only the more specific one. It ignores the deny.',
  find: ({ policies }) =>
    policies.flatMap(({ name, address, rules, before, after }) => {
      const denied = after
        .filter(({ capabilities }) => capabilities.includes('deny'))
        .map(({ path }) => path);
      if (denied.length === 0 || !before.some(({ capabilities }) => capabilities.includes('deny'))) {
        return [];
      }
      const [could, can] = [capabilitiesBy(before), capabilitiesBy(after)];
      const overriding = rules
        .filter(
          ({ path, after: now }) =>
            now !== undefined &&
            !now.capabilities.includes('deny') &&
            can(path).length > 0 &&
            could(path).length === 0 &&
            denied.some((deny) => overrides(path, deny)),
        )
        .map(({ path }) => path);
      return overriding.length === 0
        ? []
        : [
            {
              sentence: say`policy ${name} allows ${names(overriding)} in spite of its deny on ${names(denied.filter((deny) => overriding.some((path) => overrides(path, deny))))}`,
              addresses: [address],
            },
          ];
    }),
};

/** Whether a path can match both, and Vault then uses the first. */
function overrides(path: string, deny: string): boolean {
  return overlaps(path, deny) && isMoreSpecific(path, deny);
}
