import fc from 'fast-check';
import { arbitraryItems, just, literal } from './arbitrary-items';

const CAPABILITIES = ['"read"', '"create"', '"list"', '"deny"', '"patch"', '"sudo"'];
const ODD_CAPABILITIES = ['"READ"', '"root"', '"deny"', '5', '1.5', 'true'];
const TTLS = [
  ...['5', '"5"', '"1m"', '"1h30m"', '"1.5h"', '"2d"', '""', '1.9', '-5', '"-5s"', '"+3"', '0x10', '"300ms"'],
];
const ODD_TTLS = [
  ...[
    '"d"',
    'true',
    '[]',
    '{}',
    '"1us"',
    '"9223372036"',
    '9223372037',
    '"1h1"',
    '"h"',
    '"1.d"',
    '".5s"',
    '"µs"',
  ],
  ...[
    '"2µs"',
    '"106752d"',
    '"1.s"',
    '"."',
    '"-.s"',
    '"0.1234567891234s"',
    '"9223372036.9s"',
    '1e30',
    '"1e3"',
  ],
];
const PATHS = [
  'a',
  'b',
  'secret/data/*',
  '/a',
  '//a',
  'a/+/b',
  'a/*/b',
  '{{identity.entity.id}}/x',
  '*',
  '+',
];
const ODD_PATHS = ['+*', '{{a', 'a}}', '', '/', 'é', 'a//b'].map((path) => JSON.stringify(path));
const VALUES = [
  '"x"',
  '"x*"',
  '5',
  '0x5',
  '1.5',
  'true',
  '["x"]',
  '{ a = "b" }',
  '{ a { b = 1 } }',
  '[1, [2]]',
];

const sometimes = <T>(often: fc.Arbitrary<T>, rarely: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: often }, { weight: 1, arbitrary: rarely });
const listOf = (...values: string[]) =>
  fc.array(fc.constantFrom(...values), { maxLength: 3 }).map((all) => `[${all.join(', ')}]`);
const argument = (name: string, value: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom(' = ', ' = ', '=', ' '), value)
    .map(([sign, text]) => `${name}${sign === ' ' && !text.startsWith('{') ? ' = ' : sign}${text}`);

const factor = fc
  .record({
    label: fc.constantFrom('"ops"', 'dev', '"a" "b"', ''),
    groups: sometimes(fc.constantFrom('group_names = ["g"]', 'GROUP_IDS = ["i"]'), just('group_names = []')),
    approvals: sometimes(
      fc.constantFrom('approvals = 1', 'approvals = "2"'),
      fc.constantFrom('approvals = 0', 'approvals = 1.5', ''),
    ),
    controlled: sometimes(just(''), just('controlled_capabilities = ["read"]')),
    identity: sometimes(fc.constantFrom('identity {', 'identity = {'), just('entity {')),
  })
  .map(
    ({ label, groups, approvals, controlled, identity }) =>
      `factor ${label} {\n ${identity}\n ${groups}\n ${approvals}\n }\n ${controlled}\n }\n`,
  );
const controlGroup = fc
  .tuple(
    fc.constantFrom('control_group {\n', 'control_group = {\n', 'control_group "factor" {\n'),
    sometimes(fc.constantFrom('', 'ttl = "1h"\n', 'TTL = 60\n'), just('TTL = true\n')),
    sometimes(fc.array(factor, { minLength: 1, maxLength: 2 }), fc.constant<string[]>([])),
  )
  .map(([head, ttl, factors]) => `${head}${ttl}${factors.join('')}}`);

const parameters = sometimes(
  fc
    .dictionary(
      fc.constantFrom('a', 'B', '"*"', '"é"', '"b"'),
      sometimes(listOf(...VALUES), fc.constantFrom(...VALUES)),
      { maxKeys: 3 },
    )
    .map((all) => Object.entries(all).map(([key, value]) => `${key} = ${value}\n`))
    .map((lines) => `{\n${lines.join('')}}`),
  arbitraryItems.map((items) => `{\n${items}}`),
);
const argumentOfRule = fc.oneof(
  {
    weight: 6,
    arbitrary: argument(
      'capabilities',
      sometimes(listOf(...CAPABILITIES), fc.oneof(listOf(...ODD_CAPABILITIES), literal, just('{}'))),
    ),
  },
  argument(
    'policy',
    sometimes(
      fc.constantFrom('"read"', '"write"', '"sudo"', '"deny"'),
      fc.constantFrom('"x"', '""', '5', '[]'),
    ),
  ),
  argument('comment', fc.oneof(literal, just('{}'))),
  argument('allowed_parameters', parameters),
  argument('denied_parameters', parameters),
  argument('required_parameters', sometimes(listOf('"a"', '"B"', '5'), literal)),
  argument('min_wrapping_ttl', sometimes(fc.constantFrom(...TTLS), fc.constantFrom(...ODD_TTLS))),
  argument('max_wrapping_ttl', sometimes(fc.constantFrom(...TTLS), fc.constantFrom(...ODD_TTLS))),
  argument('mfa_methods', sometimes(listOf('"m"', '1'), literal)),
  argument('subscribe_event_types', sometimes(listOf('"kv*"', '""'), literal)),
  controlGroup,
);
const pathBlock = fc
  .record({
    key: sometimes(just('path'), fc.constantFrom('"path"', 'Path', 'name', 'rule')),
    path: sometimes(
      fc.constantFrom(...PATHS).map((path) => JSON.stringify(path)),
      fc.constantFrom(...ODD_PATHS, '', '"a" "b"', 'x', '"\\777"', '"a" "\\777"'),
    ),
    gap: fc.constantFrom(' ', '\n', ' = '),
    all: fc.uniqueArray(
      sometimes(argumentOfRule, fc.constantFrom('Capabilities = ["read"]', 'path = "x"', 'rules = []')),
      { maxLength: 4, selector: (text) => text.slice(0, 6) },
    ),
    between: fc.constantFrom('\n', '\n', ' ', ', ', ' # c\n'),
  })
  .map(
    ({ key, path, gap, all, between }) =>
      `${key} ${path}${gap === ' = ' && path !== '' ? ' ' : gap}{ ${all.join(between)}\n}`,
  );

/** A policy in HCL, or nearly one. */
export const policyInHcl = fc
  .tuple(
    sometimes(fc.constantFrom('', 'name = "n"\n', '# c\n', 'name = 5\n'), just('name = true\n')),
    fc.array(pathBlock, { minLength: 1, maxLength: 3 }),
  )
  .map(([head, blocks]) => `${head}${blocks.join('\n')}\n`);
