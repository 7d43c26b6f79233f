import type { IResolvable } from 'cdktf';
import {
  lateFlag,
  listOf,
  mapOf,
  matching,
  oneOf,
  optional,
  type Rows,
  text,
  wholeNumber,
  withRule,
} from '../../checks';
import { type Seconds, wholeSeconds } from '../seconds';
import { CIDR } from './cidr';

/** The token fields of a role. Durations are whole seconds. */
export interface TokenProps {
  /** How long a token lives unless it is renewed; not over {@link tokenMaxTtl}. @default the mount's */
  readonly tokenTtl?: Seconds;

  /** How long a token can be renewed for; zero for the mount's. @default the mount's */
  readonly tokenMaxTtl?: Seconds;

  /**
   * How long a token lives at most. Other settings can't extend it, and later changes of the mount can't either.
   *
   * @default no limit
   */
  readonly tokenExplicitMaxTtl?: Seconds;

  /**
   * Makes the token periodic: it can be renewed without end, each time for this long. Vault then ignores {@link
   * tokenTtl}. Not for batch tokens; not over the mount's maximum.
   *
   * @default not periodic
   */
  readonly tokenPeriod?: Seconds;

  /**
   * How many requests a token allows, including the one that revokes it. Not for batch tokens, and not for a role
   * that Vault Agent logs in by. @default 0, no limit
   */
  readonly tokenNumUses?: number;

  /**
   * `service` tokens are stored, and can be renewed and revoked; `batch` tokens are not stored, and can't be renewed
   * or revoked. A mount that is tuned with `service` or `batch` decides for all its roles.
   *
   * @default 'default', what the mount says
   */
  readonly tokenType?: 'default' | 'service' | 'batch';

  /** IP addresses and CIDR blocks that a token can be used from. @default anywhere */
  readonly tokenBoundCidrs?: readonly string[];

  /**
   * Leaves out Vault's policy `default`. The token then can't look itself up, revoke itself or renew itself.
   * @default false
   */
  readonly tokenNoDefaultPolicy?: boolean | IResolvable;

  /** Metadata of the caller's alias. Needs the provider 5.5.0. @default none */
  readonly aliasMetadata?: Readonly<Record<string, string>>;
}

/** What each must be; {@link checkToken} says what they must be together. */
export const TOKEN_ROWS: Rows<TokenProps> = {
  tokenTtl: optional(wholeSeconds),
  tokenMaxTtl: optional(wholeSeconds),
  tokenExplicitMaxTtl: optional(wholeSeconds),
  tokenPeriod: optional(wholeSeconds),
  tokenNumUses: optional(wholeNumber(0, 'a whole number, 0 for no limit')),
  tokenType: optional(oneOf('default', 'service', 'batch')),
  tokenBoundCidrs: optional(listOf(matching(CIDR))),
  tokenNoDefaultPolicy: optional(lateFlag),
  aliasMetadata: optional(
    withRule(mapOf(text), (place, metadata: object) =>
      Object.keys(metadata)
        .filter((key) => key.trim() === '')
        .map((key) => `${place}: a key must not be empty; got '${key}'`),
    ),
  ),
};
