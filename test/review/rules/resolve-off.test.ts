import { resolveOff } from '../../../lib/review/rules/resolve-off';
import { findingsOf } from '../support/findings';
import { role } from '../support/plan';

test.each([
  [
    'true to false',
    true,
    false,
    ['high: role dev now matches principals by name only: a principal recreated under that name is let in'],
  ],
  ['false to true', false, true, []],
  ['false all along', false, false, []],
])('%s', (_, was, is, expected) => {
  const dev = (resolve_aws_unique_ids: boolean) => role('dev', [], [], { resolve_aws_unique_ids });

  expect(findingsOf(resolveOff, { before: [dev(was)], after: [dev(is)] })).toEqual(expected);
});
