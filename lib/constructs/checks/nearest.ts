import leven from 'leven';

/** How much of a name may be wrong. */
const SIMILAR = 0.35;

/** `; did you mean 'x'?` for the nearest of some names; empty if none is near. Upper and lower case count as the same. */
export function didYouMean(written: string, names: readonly string[]): string {
  const wrong = (name: string) =>
    leven(written.toLowerCase(), name.toLowerCase()) / Math.max(written.length, name.length);
  const [nearest] = names
    .map((name) => ({ name, share: wrong(name) }))
    .filter(({ share }) => share <= SIMILAR)
    .sort((one, other) => one.share - other.share);
  return nearest ? `; did you mean '${nearest.name}'?` : '';
}
