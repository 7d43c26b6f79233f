import { CAPABILITIES, type Capability, type PolicyRule } from './rule';

/**
 * What a token with these rules may do on a path, as Vault's `sys/capabilities-self` answers; in the order
 * of {@link CAPABILITIES}, and `['deny']` where nothing is allowed.
 *
 * Only one rule counts. An exact path wins; else, of the patterns that match, the one whose first wildcard
 * stands latest, then one without `*` at its end, then fewer `+`, then the longer, then the one that sorts
 * last. Rules of the very same path are one rule: their capabilities add up, unless one of them denies. So a
 * deny on a less specific path forbids nothing that a more specific rule allows.
 *
 * Like Vault's endpoint it judges the path as that of a list request, where `app/` also meets the rules for
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

/** Answers as {@link decide} does; for many paths, as the rules are looked at once. */
export function decider(rules: readonly PolicyRule[]): (path: string) => Capability[] {
  const merged = mergeByPath(rules);
  return (path) => {
    const full = asBytes(path.replace(/^\/+/, ''));
    const bare = full.endsWith('/') ? full.slice(0, -1) : full;

    const granted = exact(merged, full) ?? exact(merged, bare) ?? best(merged, bare) ?? best(merged, full);
    const allowed = CAPABILITIES.filter((capability) => granted?.has(capability));
    return allowed.length === 0 || allowed.includes('deny') ? ['deny'] : allowed;
  };
}

interface Rules {
  readonly byPath: ReadonlyMap<string, ReadonlySet<Capability>>;
  /** How long the patterns are whose only wildcard is `*` at their end, the longest first. */
  readonly prefixLengths: readonly number[];
  /** The patterns with segment wildcards, the most specific first. */
  readonly segmented: readonly string[];
}

function mergeByPath(rules: readonly PolicyRule[]): Rules {
  const byPath = new Map<string, Set<Capability>>();
  for (const { path, capabilities } of rules) {
    const key = asBytes(path.replace(/^\//, ''));
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

/** One character a byte: Vault counts and compares bytes, JavaScript UTF-16 units. */
function asBytes(path: string): string {
  return Buffer.from(path, 'utf8').toString('latin1');
}

function exact({ byPath }: Rules, path: string): ReadonlySet<Capability> | undefined {
  return isPattern(path) ? undefined : byPath.get(path);
}

function best(rules: Rules, path: string): ReadonlySet<Capability> | undefined {
  const { byPath, segmented } = rules;
  const [winner] = [longestPrefix(rules, path), segmented.find((pattern) => matches(pattern, path))]
    .filter((pattern) => pattern !== undefined)
    .sort(bySpecificity);
  return winner === undefined ? undefined : byPath.get(winner);
}

/** Of the patterns whose only wildcard is `*` at their end, the most specific is the longest. */
function longestPrefix({ byPath, prefixLengths }: Rules, path: string): string | undefined {
  return prefixLengths
    .filter((length) => length <= path.length)
    .map((length) => `${path.slice(0, length)}*`)
    .find((pattern) => byPath.has(pattern) && !hasSegmentWildcard(pattern));
}

function isPattern(path: string): boolean {
  return path.endsWith('*') || hasSegmentWildcard(path);
}

/** Vault takes any `/+` for one, so `a/+b` is a pattern too, though its `+b` matches only itself. */
function hasSegmentWildcard(path: string): boolean {
  return path === '+' || path.startsWith('+/') || path.includes('/+');
}

/** Whether a pattern with segment wildcards is one of the path. */
function matches(pattern: string, path: string): boolean {
  // Most patterns are none of most paths, and to see that from their beginnings takes less than to split them.
  if (!path.startsWith(pattern.slice(0, pattern.indexOf('+')))) {
    return false;
  }
  const isPrefix = pattern.endsWith('*');
  const wanted = withoutGlob(pattern).split('/');
  const given = path.split('/');
  if (isPrefix ? given.length < wanted.length : given.length !== wanted.length) {
    return false;
  }
  return wanted.every((segment, index) => {
    const isLast = index === wanted.length - 1;
    const actual = given[index]!;
    return segment === '+' || segment === actual || (isPrefix && isLast && actual.startsWith(segment));
  });
}

function withoutGlob(pattern: string): string {
  return pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
}

/** The most specific pattern first. */
function bySpecificity(a: string, b: string): number {
  const [left, right] = [specificity(a), specificity(b)];
  return (
    right.firstWildcard - left.firstWildcard ||
    Number(left.isPrefix) - Number(right.isPrefix) ||
    left.segmentWildcards - right.segmentWildcards ||
    right.text.length - left.text.length ||
    (left.text < right.text ? 1 : -1)
  );
}

function specificity(pattern: string) {
  const text = withoutGlob(pattern);
  const segmented = hasSegmentWildcard(pattern);
  return {
    // In a pattern without `+` segments, a `+` is an ordinary character.
    firstWildcard: segmented ? pattern.indexOf('+') : text.length,
    isPrefix: pattern.endsWith('*'),
    segmentWildcards: segmented ? text.split('/').filter((segment) => segment === '+').length : 0,
    text,
  };
}
