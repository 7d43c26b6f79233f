import { anything, parseDuration, parseHcl } from '../../lib/hcl';

const seconds = (text: string) => parseDuration(anything(parseHcl(`a = ${text}`).items[0]!.value));

test.each<[string, number]>([
  ['90', 90],
  ['"90"', 90],
  ['""', 0],
  ['0x10', 16],
  ['1.9', 1],
  ['-5', -5],
  ['"1h"', 3600],
  ['"1h1s"', 3601],
  ['"1m30s"', 90],
  ['"1.5h"', 5400],
  ['".5s"', 0.5],
  ['"1.m"', 60],
  ['"-1.5s"', -1.5],
  ['"300ms"', 0.3],
  ['"2us"', 0.000002],
  ['"2µs"', 0.000002],
  ['"2μs"', 0.000002],
  ['"1ns"', 1e-9],
  ['"2d"', 172_800],
  ['"+3"', 3],
  ['9223372036', 9_223_372_036],
])('the wrapping TTL %s is %d seconds', (text, expected) => {
  expect(seconds(text)).toBe(expected);
});

test('a text and a number are read without HCL around them', () => {
  expect(['1m30s', '', 90, 1.9, '1 h', NaN, Infinity].map(parseDuration)).toEqual([
    90,
    0,
    90,
    1,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  '"1 h"',
  '"h"',
  '"."',
  '"1h2"',
  '"d"',
  '"1.5d"',
  '"1x"',
  '9223372037',
  '"106752d"',
  'true',
  '[]',
  '{}',
  '1e30',
])('Vault refuses the wrapping TTL %s', (text) => {
  expect(seconds(text)).toBeUndefined();
});
