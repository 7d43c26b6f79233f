import { BlockList, isIP } from 'node:net';
import { hasUnknown, textOf, textsOf, type Value, type Values } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say, type Sentence } from '../sentence';

interface Limit {
  /** In seconds, or uses. */
  readonly most: number;
  readonly said: string;
}

/** Vault's default TTL and longest TTL, if nobody sets one: 32 days. */
const VAULTS_TTL = 2_764_800;
const NONE: Limit = { most: Infinity, said: 'no limit' };

/** What 0 or no value means in each. */
const LIMITS = [
  {
    attribute: 'token_ttl',
    what: 'the TTL of a token',
    unset: { most: VAULTS_TTL, said: "the mount's default" },
  },
  {
    attribute: 'token_max_ttl',
    what: 'the longest life of a token',
    unset: { most: VAULTS_TTL, said: duration(VAULTS_TTL) },
  },
  { attribute: 'token_explicit_max_ttl', what: 'the hard end of a token', unset: NONE },
  { attribute: 'token_num_uses', what: 'how often a token can be used', unset: NONE },
] as const;

/** A role's tokens live longer, are used more often, from more places, or an instance gets them more easily. */
export const tokenLoosened: ReviewRule = {
  id: 'token-loosened',
  severity: 'medium',
  reason: 'A stolen token can be used longer, or from more places.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, before, after }): Found[] => {
      if (type !== 'vault_aws_auth_backend_role' || !before || !after) {
        return [];
      }
      const role = textOf(after.values.role) ?? address;
      return [
        ...limits(before.values, after.values),
        ...period(before.values, after.values),
        ...cidrs(before.values.token_bound_cidrs, after.values.token_bound_cidrs),
        ...switches(before.values, after.values),
        ...tokenType(before.values.token_type, after.values.token_type),
      ].map((what) => ({ sentence: say`role ${role}: ${what}`, addresses: [address] }));
    }),
};

function limits(before: Values, after: Values): Sentence[] {
  return LIMITS.flatMap(({ attribute, what, unset }) => {
    const said = attribute === 'token_num_uses' ? String : duration;
    const [was, is] = [before[attribute], after[attribute]].map((value) => limit(value, unset, said));
    return was === undefined || is === undefined || is.most <= was.most
      ? []
      : [say`${[what]} goes from ${[was.said]} to ${[is.said]}`];
  });
}

/** @returns undefined if it is not known */
function limit(value: Value, unset: Limit, said: (most: number) => string): Limit | undefined {
  return typeof value === 'number' && value > 0
    ? { most: value, said: said(value) }
    : value === 0 || value === null || value === undefined
      ? unset
      : undefined;
}

/** 5400 is 1 h 30 min. */
function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ') || '0 s';
}

function period({ token_period: was }: Values, { token_period: is }: Values): Sentence[] {
  return typeof is === 'number' && is > 0 && !(typeof was === 'number' && was >= is)
    ? [say`a token that is renewed every ${[duration(is)]} never ends`]
    : [];
}

/** Switches that narrow while they have this value. */
const SWITCHES = [
  ['token_no_default_policy', true, 'tokens also have the policy default'],
  ['disallow_reauthentication', true, 'an instance logs in more than once'],
  ['allow_instance_migration', false, 'an instance can log in again after a stop and a start'],
] as const;

function switches(before: Values, after: Values): Sentence[] {
  const turned = SWITCHES.filter(
    ([attribute, narrow]) =>
      (before[attribute] ?? false) === narrow && (after[attribute] ?? false) === !narrow,
  ).map(([, , what]): Sentence => [what]);
  const tag = textOf(before.role_tag);
  return [
    ...turned,
    ...(tag !== undefined && textOf(after.role_tag) === undefined
      ? [say`the tag ${tag} of an instance no longer narrows what it gets`]
      : []),
  ];
}

/** A batch token can't be revoked; a service token can be renewed. */
function tokenType(before: Value, after: Value): Sentence[] {
  const [was, is] = [before, after].map((type) => textOf(type) ?? 'default');
  return was === is || hasUnknown(after) ? [] : [say`tokens are of the type ${is!}, no longer ${was!}`];
}

function cidrs(before: Value, after: Value): Sentence[] {
  const [was, is] = [textsOf(before), textsOf(after)];
  if (was.length === 0 || !Array.isArray(after ?? [])) {
    return [];
  }
  if (is.length === 0) {
    return [say`tokens can be used from anywhere, no longer from ${names(was)} alone`];
  }
  const old = blockList(was);
  const more = is.filter((cidr) => !within(cidr, was, old));
  return more.length === 0 ? [] : [say`tokens can be used from ${names(more)} too`];
}

const split = (cidr: string): readonly [address: string, bits: number, family: 'ipv4' | 'ipv6'] => {
  const [address = '', bits] = cidr.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return [address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family];
};

function blockList(all: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of all) {
    const [address, bits, family] = split(cidr);
    if (isIP(address) !== 0 && Number.isInteger(bits)) {
      list.addSubnet(address, bits, family);
    }
  }
  return list;
}

/** A subnet is in the list if an old subnet has its address, and is as wide or wider. */
function within(cidr: string, was: readonly string[], old: BlockList): boolean {
  const [address, bits, family] = split(cidr);
  return (
    was.includes(cidr) ||
    (isIP(address) !== 0 &&
      old.check(address, family) &&
      was.some((other) => {
        const [, otherBits] = split(other);
        return otherBits <= bits && blockList([other]).check(address, family);
      }))
  );
}
