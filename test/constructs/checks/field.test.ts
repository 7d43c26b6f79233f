import { Duration } from 'aws-cdk-lib/core';
import { Fn } from 'cdktf';
import {
  either,
  type Field,
  flag,
  knownAtSynth,
  listOf,
  mapOf,
  matching,
  notEmpty,
  objectOf,
  optional,
  text,
  type ValueRule,
  wholeNumber,
  withRule,
} from '../../../lib/constructs/checks';
import { wholeSecondsFrom } from '../../../lib/constructs/vault/seconds';
import { lateList, lateText, synthesize } from '../../support/stack';

const DIGIT: ValueRule = {
  pattern: /^\d$/,
  except: /^0$/,
  says: 'a digit from 1',
  explain: (value) => (value === '0' ? 'nothing is counted from 0' : undefined),
};
const digit = matching(DIGIT);
const ruled = (field: Field, value: unknown) => field.rule?.('it', value) ?? [];

describe('the rule of a field judges', () => {
  test.each<[string, Field, unknown, string[]]>([
    ['a text that keeps it', digit, '7', []],
    ['a text that breaks it', digit, 'x', ["it: must be a digit from 1; got 'x'"]],
    ['a text that is refused for a nearer reason', digit, '0', ["it: nothing is counted from 0; got '0'"]],
    ['no text', digit, undefined, ["it: must be a digit from 1; got 'undefined'"]],
    ['what may be left out, and is', optional(digit), undefined, []],
    ['what may be left out, and is not', optional(digit), 'x', ["it: must be a digit from 1; got 'x'"]],
    ['each entry of a list', listOf(digit), ['1', 'x'], ["it[1]: must be a digit from 1; got 'x'"]],
    ['each value of a map', mapOf(digit), { a: 'x' }, ["it.a: must be a digit from 1; got 'x'"]],
    [
      'each field of an object, in the order of the table',
      objectOf({ a: digit, b: text, c: optional(digit), d: digit }),
      { d: 'x', a: 'y' },
      ["it.a: must be a digit from 1; got 'y'", "it.d: must be a digit from 1; got 'x'"],
    ],
    ['the one of two that takes the type', either(flag, digit), 'x', ["it: must be a digit from 1; got 'x'"]],
    ['not the other one', either(flag, digit), true, []],
    [
      'a list without entries',
      notEmpty(listOf(digit), 'needs one; got none'),
      [],
      ['it: needs one; got none'],
    ],
    ['a fraction', wholeNumber(-1), 1.5, ['it: must be a whole number from -1; got 1.5']],
    ['the least number', wholeNumber(-1), -1, []],
    ['a number below it', wholeNumber(-1), -2, ['it: must be a whole number from -1; got -2']],
    [
      'a duration below the least',
      wholeSecondsFrom(10, '10 s'),
      Duration.seconds(9),
      ['it: must be 10 s or more; got 9 s'],
    ],
    [
      'by two rules, the one after the other',
      withRule(digit, () => 'it: and never'),
      'x',
      ["it: must be a digit from 1; got 'x'", 'it: and never'],
    ],
  ])('%s', (_, field, value, problems) => {
    expect(ruled(field, value)).toEqual(problems);
  });
});

test('what is known only at apply is let through at synth, and checked by Terraform', () => {
  synthesize((stack) => {
    const late = lateText(stack);
    const list = lateList(stack);
    const both = Fn.concat([['1'], list]) as unknown as string[];
    const table = objectOf({
      one: digit,
      some: listOf(digit),
      all: listOf(digit),
      joined: notEmpty(listOf(digit), 'needs one; got none'),
    });
    const props = { one: late, some: ['x', late], all: list, joined: both };

    expect(table.rule?.('', props)).toEqual(["some[0]: must be a digit from 1; got 'x'"]);
    expect(table.atApply?.('', props).map(({ errorMessage }) => errorMessage.split(';')[0])).toEqual([
      'one: must be a digit from 1',
      'some[1]: must be a digit from 1',
      'all: each must be a digit from 1',
      'joined: each must be a digit from 1',
      'joined: needs one',
    ]);
    expect(table.atApply?.('', { one: '1', some: [], all: ['2'], joined: ['3'] })).toEqual([]);
  });
});

test('a reference is refused if the value must be known at synth', () => {
  synthesize((stack) => {
    const late = `${lateText(stack)}`;
    const anything: ValueRule = { pattern: /^[\s\S]*$/, says: 'known' };

    expect(ruled(knownAtSynth(anything), 'a')).toEqual([]);
    expect(ruled(knownAtSynth(anything), late)).toEqual([`it: must be known; got '${late}'`]);
  });
});

test('a reference to a list among other entries is refused: cdktf can not write it', () => {
  synthesize((stack) => {
    expect(ruled(listOf(digit), ['1', ...lateList(stack), '2'])).toEqual([
      'it[1]: a reference to a list must be given alone, or be joined by Fn.concat; got it among others',
    ]);
  });
});
