/** Whether a pattern of a policy matches all that another does, and more. `*` counts at the end, `+` is a segment. */
export function isWiderThan(pattern: string, other: string): boolean {
  return pattern !== other && covers(pattern, other);
}

function covers(pattern: string, other: string): boolean {
  const [wide, narrow] = [pattern.split('/'), other.split('/')];
  for (let index = 0; index < wide.length; index += 1) {
    const [segment, inner] = [wide[index]!, narrow[index]];
    if (index === wide.length - 1 && segment.endsWith('*')) {
      return inner?.startsWith(segment.slice(0, -1)) ?? false;
    }
    const innerIsGlob = index === narrow.length - 1 && inner?.endsWith('*');
    if (inner === undefined || innerIsGlob || (segment !== '+' && segment !== inner)) {
      return false;
    }
  }
  return wide.length === narrow.length;
}
