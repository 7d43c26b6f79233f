import {
  asBytes,
  bySpecificity,
  hasSegmentWildcard,
  isPattern,
  matchesPattern,
  requestPath,
  rulePath,
  withoutGlob,
} from './path-pattern';
import { CAPABILITIES, type Capability, type PolicyRule } from './rule';

/**
 * What a token with these rules may do on a path, as Vault's `sys/capabilities-self` answers; in the order of
 * {@link CAPABILITIES}, and `['deny']` if nothing is allowed.
 *
 * Only one rule counts. An exact path wins. Otherwise one of the patterns that match wins: the one whose
 * first wildcard is latest, then one without `*` at its end, then fewer `+`, then the longer, then the one
 * that sorts last. Rules of the very same path are one rule: their capabilities add up, unless one of them
 * denies. So a deny on a less specific path forbids nothing that a more specific rule allows.
 *
 * Like Vault's endpoint it judges the path as that of a list request, in which `app/` also meets the rules for
 * `app`. It knows no parameters, wrapping TTLs or `{{templates}}`, and expects rules that Vault accepts
 * (see `checkRules`).
 *
 * Source: `NewACL`, `AllowOperation`, `CheckAllowedFromNonExactPaths` and
 * `CapabilitiesAndSubscribeEventTypes` in Vault's `vault/acl.go`, `parsePaths` in `vault/policy.go` (1.21.1).
 *
 * @param rules the rules of all policies of the token together
 * @param path the request's path, without `v1/`; not empty
 */
export function decide(rules: readonly PolicyRule[], path: string): Capability[] {
  return decider(rules)(path);
}

/** Answers as {@link decide} does, for many paths: it reads the rules only once. */
export function decider(rules: readonly PolicyRule[]): (path: string) => Capability[] {
  const merged = mergeByPath(rules);
  return (path) => {
    const full = asBytes(requestPath(path));
    const bare = full.endsWith('/') ? full.slice(0, -1) : full;

    const granted = exact(merged, full) ?? exact(merged, bare) ?? best(merged, bare) ?? best(merged, full);
    const allowed = CAPABILITIES.filter((capability) => granted?.has(capability));
    return allowed.length === 0 || allowed.includes('deny') ? ['deny'] : allowed;
  };
}

interface Rules {
  readonly byPath: ReadonlyMap<string, ReadonlySet<Capability>>;
  /** The lengths of the patterns whose only wildcard is `*` at their end, the longest first. */
  readonly prefixLengths: readonly number[];
  /** The patterns with segment wildcards, the most specific first. */
  readonly segmented: readonly string[];
}

function mergeByPath(rules: readonly PolicyRule[]): Rules {
  const byPath = new Map<string, Set<Capability>>();
  for (const { path, capabilities } of rules) {
    const key = asBytes(rulePath(path));
    const merged = byPath.get(key) ?? new Set();
    capabilities.forEach((capability) => merged.add(capability));
    byPath.set(key, merged);
  }
  const patterns = [...byPath.keys()].filter(isPattern);
  const prefixes = patterns.filter((pattern) => !hasSegmentWildcard(pattern));
  return {
    byPath,
    prefixLengths: [...new Set(prefixes.map((pattern) => withoutGlob(pattern).length))].sort((a, b) => b - a),
    segmented: patterns.filter(hasSegmentWildcard).sort(bySpecificity),
  };
}

function exact({ byPath }: Rules, path: string): ReadonlySet<Capability> | undefined {
  return isPattern(path) ? undefined : byPath.get(path);
}

function best(rules: Rules, path: string): ReadonlySet<Capability> | undefined {
  const { byPath, segmented } = rules;
  const [winner] = [longestPrefix(rules, path), segmented.find((pattern) => matchesPattern(pattern, path))]
    .filter((pattern) => pattern !== undefined)
    .sort(bySpecificity);
  return winner === undefined ? undefined : byPath.get(winner);
}

/** The longest of the patterns whose only wildcard is `*` at their end is the most specific. */
function longestPrefix({ byPath, prefixLengths }: Rules, path: string): string | undefined {
  return prefixLengths
    .filter((length) => length <= path.length)
    .map((length) => `${path.slice(0, length)}*`)
    .find((pattern) => byPath.has(pattern) && !hasSegmentWildcard(pattern));
}
