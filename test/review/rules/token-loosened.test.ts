import { tokenLoosened } from '../../../lib/review/rules/token-loosened';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

test.each([
  ['token_ttl', 3600, 7200, ['medium: role dev: the TTL of a token goes from 1 h to 2 h']],
  ['token_max_ttl', 86_400, null, ['medium: role dev: the longest life of a token goes from 1 d to 32 d']],
  [
    'token_explicit_max_ttl',
    90,
    0,
    ['medium: role dev: the hard end of a token goes from 1 min 30 s to no limit'],
  ],
  ['token_num_uses', 1, 0, ['medium: role dev: how often a token can be used goes from 1 to no limit']],
  ['token_period', 0, 3600, ['medium: role dev: a token that is renewed every 1 h never ends']],
  [
    'token_bound_cidrs',
    ['10.0.0.0/8'],
    [],
    ['medium: role dev: tokens can be used from anywhere, no longer from 10.0.0.0/8 alone'],
  ],
  [
    'token_bound_cidrs',
    ['10.0.0.0/8'],
    ['10.1.0.0/16', '192.168.0.0/16'],
    ['medium: role dev: tokens can be used from 192.168.0.0/16 too'],
  ],
  [
    'token_bound_cidrs',
    ['10.0.0.0/16'],
    ['10.0.0.0/8'],
    ['medium: role dev: tokens can be used from 10.0.0.0/8 too'],
  ],
  ['token_bound_cidrs', ['fd00::/8'], ['fd12::/16'], []],
  ['token_bound_cidrs', [], ['10.0.0.0/8'], []],
  ['token_bound_cidrs', ['10.0.0.1'], ['10.0.0.1/32'], []],
  ['token_bound_cidrs', ['fd00::1'], ['fd00::1/128'], []],
  ['token_bound_cidrs', ['fd00::1/128'], ['fd00::1'], []],
  ['token_bound_cidrs', ['10.0.0.0/8'], ['10.1.0.0/8'], []],
  ['token_bound_cidrs', ['10.0.0.0/24', '10.0.1.0/24'], ['10.0.1.7'], []],
  [
    'token_bound_cidrs',
    ['10.0.0.0/24', 'no address'],
    ['10.0.0.7', 'none either'],
    ['medium: role dev: tokens can be used from none either too'],
  ],
  ['token_period', null, 3600, ['medium: role dev: a token that is renewed every 1 h never ends']],
  ['token_period', 3600, 7200, ['medium: role dev: a token that is renewed every 2 h never ends']],
  ['token_period', 7200, 3600, []],
  ['token_period', 3600, 0, []],
  ['token_ttl', 0, 3600, []],
  ['token_ttl', 3600, 0, ["medium: role dev: the TTL of a token goes from 1 h to the mount's default"]],
  [
    'token_ttl',
    null,
    7_776_000,
    ["medium: role dev: the TTL of a token goes from the mount's default to 90 d"],
  ],
  ['role_tag', 'vault-role', 'another', []],
  ['token_no_default_policy', true, false, ['medium: role dev: tokens also have the policy default']],
  ['disallow_reauthentication', true, false, ['medium: role dev: an instance logs in more than once']],
  [
    'allow_instance_migration',
    false,
    true,
    ['medium: role dev: an instance can log in again after a stop and a start'],
  ],
  [
    'role_tag',
    'vault-role',
    '',
    ['medium: role dev: the tag vault-role of an instance no longer narrows what it gets'],
  ],
  ['token_type', 'service', 'batch', ['medium: role dev: tokens are of the type batch, no longer service']],
  ['token_no_default_policy', false, true, []],
  ['token_type', null, 'default', []],
  ['token_ttl', 7200, 3600, []],
  ['token_max_ttl', 0, 2_764_800, []],
  ['token_num_uses', 0, 5, []],
])('%s from %s to %s', (attribute, was, is, expected) => {
  expect(
    findingsOf(tokenLoosened, {
      before: [role('dev', [], [], { [attribute]: was })],
      after: [role('dev', [], [], { [attribute]: is })],
    }),
  ).toEqual(expected);
});

test('what is known only at apply is left to the rule for that', () => {
  const dev = role('dev', [], [], {
    token_ttl: 3600,
    token_max_ttl: 3600,
    token_bound_cidrs: ['10.0.0.0/8'],
  });
  const unknown = { token_ttl: true, token_max_ttl: true, token_bound_cidrs: true };

  expect(findingsOf(tokenLoosened, { before: [dev], after: [{ ...role('dev', [], []), unknown }] })).toEqual(
    [],
  );
});

test('a role that is new, one that goes, and another kind that has such values', () => {
  const [short, long] = [3600, 7200].map((token_ttl) => role('dev', [], [], { token_ttl }));
  const [was, is] = [short!, long!].map((each) => ({ ...each, type: 'vault_other' }));

  expect(findingsOf(tokenLoosened, { after: [long!] })).toEqual([]);
  expect(findingsOf(tokenLoosened, { before: [short!] })).toEqual([]);
  expect(findingsOf(tokenLoosened, { before: [was!], after: [is!] })).toEqual([]);
});
