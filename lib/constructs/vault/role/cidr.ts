import { isIP } from 'node:net';
import type { ValueRule } from '../../checks';

/**
 * An IP address or CIDR block in the form that Vault returns. With another form, Terraform would plan a change at
 * every run.
 */
export const CIDR: ValueRule = {
  pattern: /^[\da-f.:]+(?:\/\d{1,3})?$/,
  also: (cidr) => cidr === canonical(cidr),
  says: 'an IP address or a CIDR block, such as 10.0.0.0/8',
  explain: (cidr) => {
    const written = canonical(cidr);
    return written && `Vault gives it back as '${written}', so Terraform would plan a change at every run`;
  },
};

/** Undefined if it is neither address nor block. */
function canonical(cidr: string): string | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
  const hasBits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  if (bits < 0 || !hasBits || rest.length > 0 || address.includes('%')) {
    return undefined;
  }
  const shortest = bits === 128 ? shortIpv6(address) : address;
  return prefix === undefined ? shortest : `${shortest}/${Number(prefix)}`;
}

/** An IPv6 address in its short form: lower case, zeros left out. */
function shortIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
