import { Fn, Op, Token } from 'cdktf';
import type { AuthBackendTune } from '@cdktf/provider-vault/lib/auth-backend';
import {
  type Field,
  listOf,
  matching,
  objectOf,
  oneOf,
  optional,
  type ValueRule,
  withRule,
} from '../../checks';
import { HEADER_NAME } from '../names';
import { knownSeconds, type Seconds, seconds, wholeSeconds } from '../seconds';

/**
 * How Vault treats the mount as a whole.
 *
 * A TTL that you remove stays in Vault, because the provider can't reset it: write `Duration.seconds(0)` to go back
 * to Vault's own.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/system/auth#tune-auth-method
 */
export interface MountTuneProps {
  /**
   * TTL of tokens whose role sets none; whole seconds, not over {@link maxLeaseTtl}.
   *
   * @default unchanged, at first Vault's own
   */
  readonly defaultLeaseTtl?: Seconds;

  /** The longest TTL of a token of this mount; whole seconds. @default unchanged, at first Vault's own */
  readonly maxLeaseTtl?: Seconds;

  /** Whether Vault's login page shows the mount to users who are not logged in. @default 'hidden' */
  readonly listingVisibility?: 'unauth' | 'hidden';

  /**
   * The type of token that a login gets: with `default-…` if the role sets none, else on all roles of the mount.
   * @default 'default-service'
   */
  readonly tokenType?: 'default-service' | 'default-batch' | 'service' | 'batch';

  /** Names of request fields that the audit log shows in clear. @default none */
  readonly auditNonHmacRequestKeys?: readonly string[];

  /** Names of response fields that the audit log shows in clear. @default none */
  readonly auditNonHmacResponseKeys?: readonly string[];

  /** Request headers that the method sees. @default none */
  readonly passthroughRequestHeaders?: readonly string[];

  /** Response headers that the method may set. @default none */
  readonly allowedResponseHeaders?: readonly string[];
}

/** What a mount has whose tuning says nothing. */
export const DEFAULT_TOKEN_TYPE = 'default-service';

const FIELD_NAME: ValueRule = {
  // Terraform and JavaScript agree on this white space, and not on all of it.
  pattern: /^[^\t-\r ]+$/,
  also: (name) => !/\s/.test(name),
  says: "a field's name without white space",
};

/** What the tuning must be. */
export const TUNE: Field = withRule(
  objectOf({
    defaultLeaseTtl: optional(wholeSeconds),
    maxLeaseTtl: optional(wholeSeconds),
    listingVisibility: optional(oneOf('unauth', 'hidden')),
    tokenType: optional(oneOf('default-service', 'default-batch', 'service', 'batch')),
    auditNonHmacRequestKeys: optional(listOf(matching(FIELD_NAME))),
    auditNonHmacResponseKeys: optional(listOf(matching(FIELD_NAME))),
    passthroughRequestHeaders: optional(listOf(matching(HEADER_NAME))),
    allowedResponseHeaders: optional(listOf(matching(HEADER_NAME))),
  } satisfies Record<keyof MountTuneProps, Field>),
  (place, { defaultLeaseTtl, maxLeaseTtl }: MountTuneProps) => {
    const [ttl, max] = [defaultLeaseTtl, maxLeaseTtl].map(knownSeconds);
    return ttl && max && ttl > max
      ? `${place}.defaultLeaseTtl: must not be longer than ${place}.maxLeaseTtl; got ${ttl} s over ${max} s`
      : [];
  },
);

/**
 * The tuning as the provider takes it. A fixed default is written explicitly, so that removing the setting resets it.
 */
export function tuneFields(tune: MountTuneProps): AuthBackendTune {
  const list = (values: readonly string[] = []) => [...values];
  return {
    defaultLeaseTtl: tune.defaultLeaseTtl === undefined ? undefined : asGoDuration(tune.defaultLeaseTtl),
    maxLeaseTtl: tune.maxLeaseTtl === undefined ? undefined : asGoDuration(tune.maxLeaseTtl),
    listingVisibility: tune.listingVisibility ?? 'hidden',
    tokenType: tune.tokenType ?? DEFAULT_TOKEN_TYPE,
    auditNonHmacRequestKeys: list(tune.auditNonHmacRequestKeys),
    auditNonHmacResponseKeys: list(tune.auditNonHmacResponseKeys),
    passthroughRequestHeaders: list(tune.passthroughRequestHeaders),
    allowedResponseHeaders: list(tune.allowedResponseHeaders),
  };
}

/** `1h30m`, as the provider writes what it reads: `5400s` would plan a change at every run. */
function asGoDuration(given: Seconds): string {
  const total = seconds(given);
  if (Token.isUnresolved(total)) {
    return lateGoDuration(total);
  }
  const parts = { h: Math.floor(total / 3600), m: Math.floor((total % 3600) / 60), s: total % 60 };
  const text = Object.entries(parts).map(([unit, count]) => (count > 0 ? `${count}${unit}` : ''));
  return text.join('') || '0s';
}

/** The same, written by Terraform. */
function lateGoDuration(total: number): string {
  const whole = (value: unknown) => Token.asNumber(Fn.floor(Token.asNumber(value)));
  const part = (count: number, unit: string) =>
    Token.asString(Fn.conditional(Op.gte(count, 1), Fn.format(`%d${unit}`, [count]), ''));
  const parts = [
    part(whole(Op.div(total, 3600)), 'h'),
    part(whole(Op.div(Op.mod(total, 3600), 60)), 'm'),
    part(Token.asNumber(Op.mod(total, 60)), 's'),
  ];
  return Token.asString(Fn.conditional(Op.lt(total, 1), '0s', Fn.join('', parts)));
}
