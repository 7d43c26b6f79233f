import { sessionLonger } from '../../../lib/review/rules/session-longer';
import { findingsOf } from '../support/findings';

const role = (seconds?: number) => ({
  type: 'aws_iam_role',
  values: { name: 'app', ...(seconds === undefined ? {} : { max_session_duration: seconds }) },
});

test.each<[number | undefined, number]>([
  [3600, 43_200],
  [undefined, 7200],
])('from %s to %s seconds', (was, is) => {
  expect(findingsOf(sessionLonger, { before: [role(was)], after: [role(is)] })).toEqual([
    `low: sessions of the IAM role app may last ${is} seconds`,
  ]);
});

test.each<[string, ReturnType<typeof role>[], ReturnType<typeof role>[]]>([
  ['shorter', [role(7200)], [role(3600)]],
  ['as long, written or not', [role(3600)], [role()]],
  ['of a role that is made', [], [role(7200)]],
  ['of a role that goes', [role(3600)], []],
  ['of another kind', [{ ...role(3600), type: 'aws_iam_user' }], [{ ...role(7200), type: 'aws_iam_user' }]],
])('a duration that is %s is left', (_, before, after) => {
  expect(findingsOf(sessionLonger, { before, after })).toEqual([]);
});
