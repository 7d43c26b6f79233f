/**
 * Paths of policies as patterns: `+` is one segment, `*` at the end is any text. A `+` with other text in its segment
 * and a `*` before the end are characters like others.
 *
 * Source: `parsePaths` in Vault's `vault/policy.go`, `NewACL` and `CheckAllowedFromNonExactPaths` in `vault/acl.go`
 * (1.21.1).
 */

/** The path of a rule as Vault keeps it: one leading slash is taken off. */
export function rulePath(path: string): string {
  return path.replace(/^\//, '');
}

/** The path of a request as Vault judges it: without leading slashes. */
export function requestPath(path: string): string {
  return path.replace(/^\/+/, '');
}

/** Whether a path has a wildcard. */
export function hasWildcard(path: string): boolean {
  return path.endsWith('*') || path.split('/').includes('+');
}

/** Whether Vault keeps a rule's path among its patterns; else it is for requests of this very path. */
export function isPattern(path: string): boolean {
  return path.endsWith('*') || hasSegmentWildcard(path);
}

/** Vault takes any `/+` for a wildcard, so `a/+b` is a pattern too, though its `+b` matches only itself. */
export function hasSegmentWildcard(path: string): boolean {
  return path === '+' || path.startsWith('+/') || path.includes('/+');
}

/** A pattern without the `*` at its end. */
export function withoutGlob(pattern: string): string {
  return pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
}

/** Whether a request matches. @param pattern as {@link rulePath} gives it @param path as {@link requestPath} does */
export function matchesPattern(pattern: string, path: string): boolean {
  // Most patterns do not match most paths. Comparing their beginnings shows that faster than splitting does.
  const plus = pattern.indexOf('+');
  return (
    path.startsWith(plus < 0 ? withoutGlob(pattern) : pattern.slice(0, plus)) &&
    coversSegments(segmentsOf(pattern), { texts: path.split('/'), isPrefix: false })
  );
}

/** Whether a pattern matches all requests that another one does. */
export function covers(pattern: string, other: string): boolean {
  return coversSegments(segmentsOf(rulePath(pattern)), segmentsOf(rulePath(other)));
}

/**
 * Whether a request can match both patterns. Templates are not filled in: a `{{template}}` is a segment that
 * only `+`, `*` and the same text match.
 */
export function overlaps(one: string, other: string): boolean {
  const [left, right] = [segmentsOf(rulePath(one)), segmentsOf(rulePath(other))];
  for (let index = 0; index < Math.min(left.texts.length, right.texts.length); index += 1) {
    const [a, b] = [left.texts[index]!, right.texts[index]!];
    const [aIsOpen, bIsOpen] = [isOpen(left, index), isOpen(right, index)];
    if (aIsOpen || bIsOpen) {
      // Anything may follow a `*`, also further segments.
      return (aIsOpen && (b === '+' || b.startsWith(a))) || (bIsOpen && (a === '+' || a.startsWith(b)));
    }
    if (a !== '+' && b !== '+' && a !== b) {
      return false;
    }
  }
  return left.texts.length === right.texts.length;
}

/** Whether a pattern covers every mount, with everything below it. */
export function coversEveryMount(pattern: string): boolean {
  return /^(?:\+\/)*\*$/.test(rulePath(pattern));
}

interface Segments {
  readonly texts: readonly string[];
  /** A `*` followed the last one, and is not part of it. */
  readonly isPrefix: boolean;
}

function segmentsOf(pattern: string): Segments {
  return { texts: withoutGlob(pattern).split('/'), isPrefix: pattern.endsWith('*') };
}

function isOpen({ texts, isPrefix }: Segments, index: number): boolean {
  return isPrefix && index === texts.length - 1;
}

function coversSegments(wide: Segments, narrow: Segments): boolean {
  const [least, given] = [wide.texts.length, narrow.texts.length];
  if (wide.isPrefix ? given < least : narrow.isPrefix || given !== least) {
    return false;
  }
  return wide.texts.every((text, index) => {
    const inner = narrow.texts[index]!;
    return isOpen(wide, index) ? inner.startsWith(text) : text === '+' || text === inner;
  });
}

/** One character a byte: Vault counts and compares bytes, JavaScript UTF-16 units. */
export function asBytes(path: string): string {
  return Buffer.from(path, 'utf8').toString('latin1');
}

/** Sorts patterns, given {@link asBytes}: the most specific first, which is the one that counts for Vault. */
export function bySpecificity(a: string, b: string): number {
  const [left, right] = [specificity(a), specificity(b)];
  return (
    right.firstWildcard - left.firstWildcard ||
    Number(left.isPrefix) - Number(right.isPrefix) ||
    left.segmentWildcards - right.segmentWildcards ||
    right.text.length - left.text.length ||
    (left.text < right.text ? 1 : -1)
  );
}

/** Whether Vault takes the rule of one path, and not of the other, for a request that matches both. */
export function isMoreSpecific(one: string, other: string): boolean {
  const [left, right] = [rulePath(one), rulePath(other)];
  return isPattern(left) === isPattern(right)
    ? left !== right && bySpecificity(asBytes(left), asBytes(right)) < 0
    : isPattern(right);
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

/** A path that matches the pattern, and that no policy names: only patterns that are as wide match it too. */
export function unnamedPath(pattern: string): string {
  return pattern.replace(/\*$/, '\u{10ffff}').replace(/(^|\/)\+(?=\/|$)/g, '$1\u{10fffe}');
}

const TEMPLATE = /\{\{.*?\}\}/g;

/** A pattern whose `{{templates}}` are filled in. */
export interface FilledPattern {
  readonly path: string;
  /** Each template with its value, in their order. */
  readonly values: readonly (readonly [template: string, value: string])[];
}

/**
 * Fills in the `{{templates}}` of a pattern so that the path of a request matches it. A value is never empty, and never
 * more than one segment.
 *
 * @returns undefined if the path can't match, or if the pattern has no templates
 */
export function fillTemplates(pattern: string, path: string): FilledPattern | undefined {
  const templates = pattern.match(TEMPLATE);
  const source = rulePath(pattern)
    .split(/(\{\{.*?\}\}|(?<=^|\/)\+(?=\/|$)|\*$)/)
    .map((part) => {
      const wildcard = part.startsWith('{{') ? '([^/]+)' : { '+': '[^/]*', '*': '.*' }[part];
      return wildcard ?? part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    });
  const found = new RegExp(`^${source.join('')}$`, 's').exec(path);
  if (templates === null || found === null) {
    return undefined;
  }
  const values = templates.map((template, index) => [template, found[index + 1]!] as const);
  const left = values.map(([, value]) => value);
  return { path: pattern.replace(TEMPLATE, () => left.shift()!), values };
}
