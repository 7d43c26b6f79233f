import { Token } from 'cdktf';
import type { Warning } from '../../checks';
import { knownSeconds } from '../seconds';
import type { MountFacts } from '../mount/mounted';
import type { TokenProps } from './token-props';
import { tokenTypeOf } from './token-type';

const DAY = 86_400;

/**
 * What is wrong with a role's token fields taken together; empty if nothing is.
 *
 * Source: `pathRoleCreateUpdate` in `builtin/credential/aws/path_role.go` and `ParseTokenFields` in
 * `sdk/helper/tokenutil/tokenutil.go`, and `CalculateTTL` in `sdk/framework/lease.go` of Vault (1.21.1).
 *
 * @param mount its maximum, if it is declared, and its type of token
 */
export function checkToken(token: TokenProps, mount: OfMount): string[] {
  const { maxLeaseSeconds: mountMaxTtl = Infinity } = mount;
  const { tokenTtl, tokenMaxTtl, tokenExplicitMaxTtl, tokenPeriod } = token;
  const [ttl, maxTtl, explicitMaxTtl, period] = [tokenTtl, tokenMaxTtl, tokenExplicitMaxTtl, tokenPeriod].map(
    knownSeconds,
  );
  const over = (place: string, value = 0, limitName: string, limit: number | undefined) =>
    limit && value > limit
      ? [`${place}: must not be longer than ${limitName}; got ${value} s over ${limit} s`]
      : [];
  return [
    ...over('tokenTtl', ttl, 'tokenMaxTtl', maxTtl),
    ...over('tokenTtl', ttl, 'tokenExplicitMaxTtl, Vault would cut it', explicitMaxTtl),
    ...over('tokenTtl', ttl, "the mount's maxLeaseTtl, Vault would cut it", mountMaxTtl),
    ...over('tokenMaxTtl', maxTtl, "the mount's maxLeaseTtl, Vault would cut it", mountMaxTtl),
    ...over('tokenPeriod', period, 'tokenMaxTtl, Vault would cut it', maxTtl),
    ...over('tokenPeriod', period, 'tokenExplicitMaxTtl, Vault would cut it', explicitMaxTtl),
    ...over('tokenPeriod', period, "the mount's maxLeaseTtl", mountMaxTtl),
    ...(period && ttl
      ? [`tokenTtl: Vault ignores it if tokenPeriod is set, leave it out; got ${ttl} s`]
      : []),
    ...checkType(token, mount),
  ];
}

type OfMount = Pick<MountFacts, 'maxLeaseSeconds' | 'tokenType'>;

/** What Vault would ignore, because of the type of the token. It says so if the mount decides on it. */
function checkType(token: TokenProps, mount: OfMount): string[] {
  const { tokenType = 'default', tokenPeriod, tokenNumUses } = token;
  const type = tokenTypeOf(mount.tokenType, tokenType);
  const because =
    tokenType === 'batch' ? '' : `, and the mount's tune.tokenType '${mount.tokenType}' makes it one`;
  const batch = tokenType === 'batch' || type === 'batch';
  return [
    ...(tokenType !== 'default' && tokenType !== type
      ? [
          `tokenType: the mount's tune.tokenType '${mount.tokenType}' decides for all its roles, so Vault would ignore it; leave it out, or tune the mount with 'default-${mount.tokenType}'; got '${tokenType}'`,
        ]
      : []),
    ...(batch && knownSeconds(tokenPeriod)
      ? [`tokenPeriod: a batch token can't be periodic${because}; got ${knownSeconds(tokenPeriod)} s`]
      : []),
    ...(batch && tokenNumUses
      ? [
          `tokenNumUses: Vault does not count the uses of a batch token${because}; got ${Token.isUnresolved(tokenNumUses) ? 'a reference' : tokenNumUses}`,
        ]
      : []),
  ];
}

/**
 * Tokens that can live for more than a day: without renewal, by renewals, or without end. If neither the role nor the
 * mount sets a limit, they live as long as Vault allows: 32 days, unless its configuration says otherwise.
 *
 * @param mount its maximum, if it is declared, and its type of token
 */
export function warnOfLongTtl(token: TokenProps, mount: OfMount): Warning[] {
  const { maxLeaseSeconds: mountMaxTtl = Infinity } = mount;
  const { tokenTtl, tokenMaxTtl, tokenPeriod, tokenExplicitMaxTtl } = token;
  const tokenType = tokenTypeOf(mount.tokenType, token.tokenType);
  const [ttl, maxTtl, period, end] = [tokenTtl, tokenMaxTtl, tokenPeriod, tokenExplicitMaxTtl].map(
    (given) => knownSeconds(given) ?? 0,
  ) as [number, number, number, number];
  if (end > 0 && end <= DAY) {
    return [];
  }
  const late = Object.entries({ tokenTtl, tokenMaxTtl, tokenPeriod, tokenExplicitMaxTtl }).filter(
    ([, given]) => Token.isUnresolved(given),
  );
  const warning = (place: string, got: string): Warning => ({
    id: 'long-ttl',
    message: `${place}: a leaked token is valid for more than a day; got ${got}`,
  });
  // A batch token can't be renewed. A periodic token can, even if its period is short.
  const endsByItself =
    period > 0 ||
    maxTtl > 0 ||
    Token.isUnresolved(tokenMaxTtl) ||
    mountMaxTtl <= DAY ||
    (tokenType === 'batch' && ttl > 0);
  return [
    ...late.map(([place]): Warning => ({
      id: 'long-ttl',
      message: `${place}: it is known only at apply, so nothing checks whether a leaked token is valid for more than a day; got a reference`,
    })),
    ...(ttl > DAY ? [warning('tokenTtl', `${ttl} s`)] : []),
    ...(maxTtl > DAY ? [warning('tokenMaxTtl', `${maxTtl} s`)] : []),
    ...(period > 0 ? [warning('tokenPeriod', `${period} s`)] : []),
    ...(endsByItself
      ? []
      : [warning('tokenMaxTtl', "none, so Vault's own: 32 days, unless somebody changed it")]),
  ];
}
