import type { AwsAuthBackendClientConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { Duration } from 'aws-cdk-lib/core';
import { Token } from 'cdktf';
import { type AmbientCredentials, IDENTIFIERS, type SelfRotatedKey, type VaultCredentials } from '../../aws';
import {
  anything,
  type Field,
  matching,
  objectOf,
  optional,
  problemOf,
  table,
  text,
  type ValueRule,
  wholeNumber,
  withRule,
} from '../../checks';
import { seconds, wholeSeconds, wholeSecondsFrom } from '../seconds';

/**
 * What Vault signs its calls to AWS with:
 * - an access key, whose secret is in the Terraform state;
 * - an access key whose secret Terraform hands over and never stores;
 * - an access key that Vault replaces by itself, of a `SelfRotatingIamUser`;
 * - an identity token, which Vault exchanges at AWS for a session of a role (Vault Enterprise);
 * - what Vault finds where it runs, such as an instance profile;
 * - a key that Vault has already; Terraform neither knows nor changes it.
 */
export type ClientCredentials =
  VaultCredentials | WriteOnlyKey | SelfRotatedKey | IdentityToken | AmbientCredentials | KeptKey;

/**
 * Needs the provider 5.7.0 and Terraform 1.11. If the access key changes, Terraform replaces the configuration with
 * both halves.
 */
export interface WriteOnlyKey {
  readonly accessKeyId: string;
  /** The secret, which must be ephemeral: an ephemeral variable's reference for example. */
  readonly secretAccessKeyWriteOnly: string;
  /** Increase it when only the secret changes, because Terraform can't see that. At least 1. */
  readonly secretAccessKeyVersion: number;
}

/**
 * Terraform sends no key, as with credentials that Vault finds where it runs. The key that Vault has stays. It is for
 * a mount that was made by hand, because nobody can read the secret of its key.
 */
export interface KeptKey extends AmbientCredentials {
  readonly keepsKey: true;
}

/** Vault Enterprise. Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#identity_token_audience */
export interface IdentityToken {
  readonly identityToken: {
    /** What the role's trust policy requires as `aud`. */
    readonly audience: string;
    /** ARN of the role; AWS gives Vault a session of it. */
    readonly roleArn: string;
    /** How long the token is valid; whole seconds. @default an hour */
    readonly ttl?: Duration;
  };
}

/** How Vault Enterprise replaces the access key by itself. Needs the provider 4.7.0. */
export type KeyRotation =
  | { /** How long a key is used; whole seconds, at least 10. */ readonly period: Duration }
  | {
      /** When a key is replaced, as in cron: minute, hour, day of the month, month, day of the week. */
      readonly schedule: string;
      /** How long after that time Vault may still replace it; whole seconds, at least an hour. @default no limit */
      readonly window?: Duration;
    }
  | { /** Keeps the key until somebody replaces it. */ readonly disabled: true };

/** The prop that only one kind of credentials has, and the name of that kind in messages. */
const WAYS = {
  secretAccessKey: 'an access key',
  secretAccessKeyWriteOnly: 'a write-only key',
  rotatedByVault: 'a key that Vault replaces',
  identityToken: 'an identity token',
  ambient: 'what Vault finds where it runs',
};

/** The types allow two kinds in one object, and JavaScript allows any. */
function checkOneWay(place: string, credentials: object): string[] {
  const ways: string[] = Object.entries(WAYS)
    .filter(([field]) => field in credentials)
    .map(([, way]) => way);
  const keyAlone = 'accessKeyId' in credentials && !ways.some((way) => /(access|write-only) key$/.test(way));
  const given = keyAlone ? ['an access key without its secret', ...ways] : ways;
  return given.length === 1 && !keyAlone
    ? []
    : [
        `${place}: must be one kind of credentials: ${Object.values(WAYS).join(', or ')}; got ${given.join(' and ') || 'none'}`,
      ];
}

/** `false` would be read as `true`, because the prop says the kind. */
const onlyTrue: Field = {
  type: (place, value) =>
    value === true ? [] : [`${place}: must be true, or be left out; got '${value as string}'`],
};

/** A secret is a reference, because all text of an app is written to cdk.out. */
const secret: Field = withRule(text, (place, given: string) =>
  Token.isUnresolved(given) || /^\$\{.*\}$/.test(given)
    ? []
    : `${place}: a secret as a text would be written to cdk.out in clear; give a reference, such as that of a sensitive variable; got a text`,
);

const PARTS = {
  ambient: onlyTrue,
  keepsKey: onlyTrue,
  accessKeyId: text,
  secretAccessKey: secret,
  secretAccessKeyWriteOnly: secret,
  secretAccessKeyVersion: wholeNumber(1),
  identityToken: objectOf({
    audience: withRule(text, (place, audience: string) =>
      audience.trim() === '' ? `${place}: must not be empty; got '${audience}'` : [],
    ),
    roleArn: matching(IDENTIFIERS.roleArn),
    ttl: optional(wholeSeconds),
  }),
};

const NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[];
/** A table for each set of parts. A part that is given as undefined is given. */
const TABLES = new Map<string, Field>();

function given(credentials: unknown): Field {
  const parts = NAMES.filter((part) => Object.hasOwn(Object(credentials) as object, part));
  const key = parts.join();
  const known = TABLES.get(key) ?? objectOf(Object.fromEntries(parts.map((part) => [part, PARTS[part]])));
  TABLES.set(key, known);
  return known;
}

/** An access key without its secret is reported as another kind. */
const KEY = ['accessKeyId'];
/** The fields of each kind. */
const FIELDS_OF = {
  secretAccessKey: table<VaultCredentials>({
    accessKeyId: anything,
    secretAccessKey: anything,
    usableAfter: anything,
    replacesAnother: anything,
    accountId: anything,
    permissionsFor: anything,
  }),
  secretAccessKeyWriteOnly: table<WriteOnlyKey>({
    accessKeyId: anything,
    secretAccessKeyWriteOnly: anything,
    secretAccessKeyVersion: anything,
  }),
  rotatedByVault: table<SelfRotatedKey>({ rotatedByVault: anything, usableAfter: anything }, KEY),
  identityToken: table<IdentityToken>({ identityToken: PARTS.identityToken }, KEY),
  ambient: table<KeptKey>({ ambient: anything, usableAfter: anything, keepsKey: anything }, KEY),
} satisfies Record<keyof typeof WAYS, Field>;
const OF_ANY_KIND = objectOf(
  Object.fromEntries(Object.values(FIELDS_OF).flatMap(({ rows = {} }) => Object.entries(rows))),
);

/** What no kind that is given has. */
function unknownIn(place: string, value: unknown): readonly string[] {
  const kinds = Object.entries(FIELDS_OF).filter(([way]) => way in (Object(value) as object));
  const [kind] = kinds;
  // Of several kinds, and of none, another check reports.
  const fields = kind && kinds.length === 1 ? kind[1] : OF_ANY_KIND;
  return fields.unknown?.(place, value) ?? [];
}

/** What credentials must be: of one kind, and well formed. */
export const CREDENTIALS: Field = {
  rows: PARTS,
  unknown: unknownIn,
  type: (place, value) => given(value).type(place, value),
  rule: (place, value) => {
    const ways = checkOneWay(place, value as object);
    return ways.length > 0 ? ways : (given(value).rule?.(place, value) ?? []);
  },
  atApply: (place, value) => given(value).atApply?.(place, value) ?? [],
};

/**
 * Five fields of numbers, names of months and days, ranges, lists and steps. Vault checks whether a number is in
 * range.
 */
const CRON: ValueRule = {
  pattern: /^[\t-\r ]*(?:(?:\*|[\w-]+)(?:\/\d+)?(?:,(?:\*|[\w-]+)(?:\/\d+)?)*(?:[\t-\r ]+|$)){5}$/,
  says: "five fields as in cron, such as '0 3 * * 0'",
};

/**
 * What a rotation must be.
 *
 * Source: `Parse` and `ValidateRotationWindow` in `sdk/rotation/schedule.go` of Vault (1.21.1), and
 * https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-client for the least period.
 */
export const ROTATION: Field = withRule(
  objectOf({
    period: optional(wholeSecondsFrom(10, '10 s')),
    schedule: optional(matching(CRON)),
    window: optional(wholeSecondsFrom(3600, 'an hour')),
    disabled: optional(onlyTrue),
  }),
  (place, rotation: object) => {
    const ways = ['period', 'schedule', 'disabled'].filter((way) => way in rotation);
    if (ways.length === 0) {
      return problemOf(CRON, `${place}.schedule`, undefined) ?? [];
    }
    return [
      ...(ways.length > 1
        ? [`${place}: must be one of period, schedule and disabled; got ${ways.join(' and ')}`]
        : []),
      ...('window' in rotation && !('schedule' in rotation)
        ? [`${place}.window: only a schedule has a window, leave it out`]
        : []),
    ];
  },
);

/**
 * What identifies the credentials in the state. Another kind, or another write-only key, replaces the configuration.
 */
export function credentialsKind(credentials: ClientCredentials): string[] {
  if ('ambient' in credentials) {
    return ['ambient'];
  }
  if ('rotatedByVault' in credentials) {
    return ['rotated by Vault'];
  }
  if ('identityToken' in credentials) {
    return ['identity token'];
  }
  return 'secretAccessKeyWriteOnly' in credentials ? ['write-only key', credentials.accessKeyId] : ['key'];
}

/** The credentials as the provider takes them, except what the binding lacks. */
export function credentialFields(credentials: ClientCredentials): Partial<AwsAuthBackendClientConfig> {
  if ('ambient' in credentials || 'rotatedByVault' in credentials) {
    return {};
  }
  if ('identityToken' in credentials) {
    const { audience, roleArn, ttl } = credentials.identityToken;
    return {
      identityTokenAudience: audience,
      roleArn,
      identityTokenTtl: ttl && seconds(ttl),
    };
  }
  return 'secretAccessKeyWriteOnly' in credentials
    ? { accessKey: credentials.accessKeyId }
    : { accessKey: credentials.accessKeyId, secretKey: credentials.secretAccessKey };
}

/** The rotation as the provider takes it. */
export function rotationFields(rotation: KeyRotation | undefined): Partial<AwsAuthBackendClientConfig> {
  if (rotation === undefined) {
    return {};
  }
  if ('disabled' in rotation) {
    return { disableAutomatedRotation: true };
  }
  return 'period' in rotation
    ? { rotationPeriod: seconds(rotation.period) }
    : { rotationSchedule: rotation.schedule, rotationWindow: rotation.window && seconds(rotation.window) };
}
