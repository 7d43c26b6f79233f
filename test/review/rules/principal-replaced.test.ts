import { principalReplaced } from '../../../lib/review/rules/principal-replaced';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

const ARN = 'arn:aws:iam::123456789012:user/alice';
const alice = { type: 'aws_iam_user', values: { name: 'alice', arn: ARN } };
const anew = { ...alice, values: { name: 'alice' }, replace: true };

test.each([
  [
    'bound by a role that stays as it is',
    { before: [alice, role('dev', [ARN], [])], after: [anew, role('dev', [ARN], [])] },
    [`high: ${ARN} is replaced and can no longer log in by dev, which this plan doesn't write again`],
  ],
  [
    'bound by a role that is written anew',
    { before: [alice, role('dev', [ARN], [])], after: [anew, { ...role('dev', [ARN], []), replace: true }] },
    [`low: ${ARN} is replaced; dev is written again with it`],
  ],
  [
    'bound by name alone',
    {
      before: [alice, role('dev', [ARN], [], { resolve_aws_unique_ids: false })],
      after: [anew, role('dev', [ARN], [], { resolve_aws_unique_ids: false })],
    },
    [
      `medium: ${ARN} is replaced, with another unique ID: a role of another stack that is bound to it must be written again`,
    ],
  ],
  ['that is not made anew', { before: [alice], after: [alice] }, []],
])('a user %s', (_, samples, expected) => {
  expect(findingsOf(principalReplaced, samples)).toEqual(expected);
});

describe('together with the plan of another stack, whose role is bound to it', () => {
  const dev = role('dev', [ARN], []);
  const madeAnew = { before: [alice], after: [anew] };
  test.each([
    [
      'and stays as it is',
      { before: [dev], after: [dev] },
      [`high: ${ARN} is replaced and can no longer log in by dev, which no plan here writes again`],
    ],
    [
      'and is written anew',
      { before: [dev], after: [{ ...dev, replace: true }] },
      [
        `medium: ${ARN} is replaced; dev is written again by the plan vault, which must be applied after this one`,
      ],
    ],
  ])('%s', (_, vault, expected) => {
    expect(findingsOf(principalReplaced, madeAnew, { vault })).toEqual(expected);
  });
});
