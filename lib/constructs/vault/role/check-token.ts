import { isIP } from 'node:net';
import { Token } from 'cdktf';
import type { Warning } from '../../checks';
import { checkEach } from '../form';
import { checkWholeSeconds, seconds } from '../seconds';
import type { TokenProps } from './token-props';

const DAY = 86_400;

/**
 * What is wrong with a role's token fields; empty where all is well.
 *
 * Source: `pathRoleCreateUpdate` in `builtin/credential/aws/path_role.go` and `ParseTokenFields` in
 * `sdk/helper/tokenutil/tokenutil.go`, and `CalculateTTL` in `sdk/framework/lease.go` of Vault (1.21.1).
 *
 * @param mountMaxTtl the mount's maximum, in seconds, where it is declared
 */
export function checkToken(token: TokenProps, mountMaxTtl: number = Infinity): string[] {
  const { tokenTtl, tokenMaxTtl, tokenExplicitMaxTtl, tokenPeriod } = token;
  const durations = { tokenTtl, tokenMaxTtl, tokenExplicitMaxTtl, tokenPeriod };
  const [ttl, maxTtl, explicitMaxTtl, period] = Object.values(durations).map(
    (duration) => duration && seconds(duration),
  );
  const over = (place: string, value = 0, limitName: string, limit: number | undefined) =>
    limit && value > limit
      ? [`${place}: must not be longer than ${limitName}; got ${value} s over ${limit} s`]
      : [];
  return [
    ...checkWholeSeconds(durations),
    ...over('tokenTtl', ttl, 'tokenMaxTtl', maxTtl),
    ...over('tokenTtl', ttl, 'tokenExplicitMaxTtl, Vault would cut it', explicitMaxTtl),
    ...over('tokenTtl', ttl, "the mount's maxLeaseTtl, Vault would cut it", mountMaxTtl),
    ...over('tokenMaxTtl', maxTtl, "the mount's maxLeaseTtl, Vault would cut it", mountMaxTtl),
    ...over('tokenPeriod', period, 'tokenMaxTtl, Vault would cut it', maxTtl),
    ...over('tokenPeriod', period, 'tokenExplicitMaxTtl, Vault would cut it', explicitMaxTtl),
    ...over('tokenPeriod', period, "the mount's maxLeaseTtl", mountMaxTtl),
    ...(period && ttl
      ? [`tokenTtl: Vault ignores it where tokenPeriod is set, leave it out; got ${ttl} s`]
      : []),
    ...checkUses(token),
    ...checkAliasMetadata(token),
    ...checkBatch(token),
    ...checkEach('tokenBoundCidrs', token.tokenBoundCidrs ?? [], checkCidr),
  ];
}

function checkUses({ tokenNumUses = 0 }: TokenProps): string[] {
  return Token.isUnresolved(tokenNumUses) || (Number.isSafeInteger(tokenNumUses) && tokenNumUses >= 0)
    ? []
    : [`tokenNumUses: must be a whole number, 0 for no limit; got ${tokenNumUses}`];
}

function checkAliasMetadata({ aliasMetadata = {} }: TokenProps): string[] {
  return Object.keys(aliasMetadata)
    .filter((key) => key.trim() === '')
    .map((key) => `aliasMetadata: a key must not be empty; got '${key}'`);
}

function checkBatch({ tokenType, tokenPeriod, tokenNumUses }: TokenProps): string[] {
  if (tokenType !== 'batch') {
    return [];
  }
  return [
    ...(tokenPeriod && seconds(tokenPeriod) > 0
      ? [`tokenPeriod: a batch token can't be periodic; got ${seconds(tokenPeriod)} s`]
      : []),
    ...(tokenNumUses
      ? [`tokenNumUses: Vault does not count the uses of a batch token; got ${tokenNumUses}`]
      : []),
  ];
}

function checkCidr(place: string, cidr: string): string[] {
  if (Token.isUnresolved(cidr)) {
    return [];
  }
  const [address = '', prefix, ...rest] = cidr.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
  const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  if (bits < 0 || !fits || rest.length > 0 || address.includes('%')) {
    return [`${place}: must be an IP address or a CIDR block, such as 10.0.0.0/8; got '${cidr}'`];
  }
  const shortest = bits === 128 ? shortIpv6(address) : address;
  const written = prefix === undefined ? shortest : `${shortest}/${Number(prefix)}`;
  return cidr === written
    ? []
    : [
        `${place}: Vault gives it back as '${written}', and Terraform would plan a change for ever; got '${cidr}'`,
      ];
}

/** An IPv6 address in its short form: lower case, zeros left out. */
function shortIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/**
 * Tokens that live for more than a day, whether at once, by renewals or without end. Where neither role nor mount
 * says it, they live as long as Vault allows, 32 days unless its configuration says otherwise.
 *
 * @param mountMaxTtl the mount's maximum, in seconds, where it is declared
 */
export function warnOfLongTtl(token: TokenProps, mountMaxTtl: number = Infinity): Warning[] {
  const { tokenTtl, tokenMaxTtl, tokenPeriod, tokenExplicitMaxTtl, tokenType } = token;
  const [ttl, maxTtl, period, end] = [tokenTtl, tokenMaxTtl, tokenPeriod, tokenExplicitMaxTtl].map(
    (duration) => (duration ? seconds(duration) : 0),
  ) as [number, number, number, number];
  if (end > 0 && end <= DAY) {
    return [];
  }
  const warning = (place: string, got: string): Warning => ({
    id: 'long-ttl',
    message: `${place}: a token that leaks is good for more than a day; got ${got}`,
  });
  // A batch token can't be renewed, and a periodic one can, however short its period is.
  const endsByItself = period > 0 || maxTtl > 0 || mountMaxTtl <= DAY || (tokenType === 'batch' && ttl > 0);
  return [
    ...(ttl > DAY ? [warning('tokenTtl', `${ttl} s`)] : []),
    ...(maxTtl > DAY ? [warning('tokenMaxTtl', `${maxTtl} s`)] : []),
    ...(period > 0 ? [warning('tokenPeriod', `${period} s`)] : []),
    ...(endsByItself
      ? []
      : [warning('tokenMaxTtl', "none, so Vault's own, 32 days where nobody changed it")]),
  ];
}
