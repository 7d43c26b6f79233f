import { sameValue, textOf, type Value, type Values } from '../../access';
import type { Found, ReviewRule } from '../rule';
import { say } from '../sentence';

const TUNED = ['default_lease_ttl', 'max_lease_ttl', 'token_type', 'listing_visibility'] as const;

/** What holds for all roles of a mount changes: how long tokens live, of which type they are, who sees the mount. */
export const mountTuned: ReviewRule = {
  id: 'mount-tuned',
  severity: 'medium',
  reason: 'It holds for every role that sets nothing itself.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      if (type !== 'vault_auth_backend' || after?.values.type !== 'aws' || !before) {
        return [];
      }
      const [was, is] = [tuneOf(before.values), tuneOf(after.values)];
      return TUNED.filter((name) => !sameValue(was[name] || null, is[name] || null)).map((name) => ({
        sentence: say`${`auth/${textOf(after.values.path) ?? 'aws'}`}: ${name} goes from ${show(was[name])} to ${show(is[name])}`,
        addresses: [address],
      }));
    }),
};

function tuneOf({ tune }: Values): Values {
  const [first] = Array.isArray(tune) ? (tune as readonly Values[]) : [];
  return first ?? {};
}

function show(value: Value): string {
  return textOf(value) ?? "Vault's own";
}
