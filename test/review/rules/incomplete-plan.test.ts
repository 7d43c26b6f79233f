import { incompletePlan } from '../../../lib/review/rules/incomplete-plan';
import { findingsOf } from '../support/findings';

test.each([
  [
    false,
    ['high: sample is not complete: the rest is left out by -target, or deferred until this is applied'],
  ],
  [true, []],
])('complete: %s', (complete, expected) => {
  expect(findingsOf(incompletePlan, { plan: { complete } })).toEqual(expected);
});
