/**
 * Seconds of a wrapping TTL as Vault's policies have it: `90`, `"90"`, `"1m30s"`, `"2d"`; undefined for
 * anything else, fractions and units below a second among it, which Vault may take and rules do not.
 *
 * Source: `ParseDurationSecond` in github.com/hashicorp/go-secure-stdlib/parseutil.
 */
export function parseWrappingTtl(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  const plain = /^(\d+)(d?)$/.exec(value);
  if (plain !== null) {
    return Number(plain[1]) * (plain[2] === 'd' ? 86_400 : 1);
  }
  const units = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value);
  if (units === null) {
    return undefined;
  }
  const [, hours = '0', minutes = '0', seconds = '0'] = units;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
