/**
 * Whether a request's path can match both patterns of a policy, `+` and a `*` at the end in either. Neither is
 * more than its text: a `{{template}}` is a segment of its own that only `+` and `*` match.
 */
export function overlaps(one: string, other: string): boolean {
  const [left, right] = [one.split('/'), other.split('/')];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [a, b] = [left[index], right[index]];
    if (a === undefined || b === undefined) {
      return false;
    }
    const aIsGlob = isGlob(a, index, left);
    const bIsGlob = isGlob(b, index, right);
    if (aIsGlob || bIsGlob) {
      // What stands behind a `*` may be anything, further segments too.
      return (aIsGlob && opens(a, b, bIsGlob)) || (bIsGlob && opens(b, a, aIsGlob));
    }
    if (a !== '+' && b !== '+' && a !== b) {
      return false;
    }
  }
  return true;
}

function isGlob(segment: string, index: number, segments: readonly string[]): boolean {
  return index === segments.length - 1 && segment.endsWith('*');
}

function opens(glob: string, segment: string, segmentIsGlob: boolean): boolean {
  const text = segmentIsGlob ? segment.slice(0, -1) : segment;
  return text === '+' || text.startsWith(glob.slice(0, -1));
}
