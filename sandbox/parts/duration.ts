/** A typical duration in words: `about 20 s`, `about 11 min on two cores`. */
export function duration(seconds: number): string {
  return seconds < 90 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min on two cores`;
}
