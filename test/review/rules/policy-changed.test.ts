import { policyChanged } from '../../../lib/review/rules/policy-changed';
import { findingsOf } from '../support/findings';
import { policy, role } from '../support/plan';

const ALICE = 'arn:aws:iam::123456789012:user/alice';
const app = (text: string) => policy('app', `path "secret/data/app" {\n${text}\n}`);
const READ = 'capabilities = ["read"]';

test.each([
  ['is new', [], [app(READ)], ['medium: policy app allows read on secret/data/app']],
  ['is gone', [app(READ)], [], ['low: policy app no longer allows read on secret/data/app']],
  [
    'allows more and less',
    [app('capabilities = ["read", "list"]')],
    [app('capabilities = ["read", "update"]')],
    [
      'medium: policy app allows update on secret/data/app',
      'low: policy app no longer allows list on secret/data/app',
    ],
  ],
  [
    'denies',
    [app(READ)],
    [app('capabilities = ["deny"]')],
    ['low: policy app no longer allows read on secret/data/app', 'low: policy app denies secret/data/app'],
  ],
  [
    'takes other parameters',
    [app(`${READ}\nallowed_parameters = { "a" = ["x"] }`)],
    [app(READ)],
    [
      'medium: policy app has other conditions on requests to secret/data/app: parameters, wrapping or events',
    ],
  ],
  ['is the same', [app(READ)], [app(READ)], []],
])('a policy that nobody of the plan has %s', (_, before, after, expected) => {
  expect(findingsOf(policyChanged, { before, after })).toEqual(expected);
});

test('what its holders gain is a finding of its own', () => {
  const holder = role('dev', [ALICE], ['app']);

  expect(findingsOf(policyChanged, { before: [holder], after: [holder, app(READ)] })).toEqual([]);
});

test('what its holders have by another policy already', () => {
  const holders = [
    policy('all', `path "secret/data/app" {\n${READ}\n}`),
    role('dev', [ALICE], ['app', 'all']),
  ];

  expect(findingsOf(policyChanged, { before: holders, after: [...holders, app(READ)] })).toEqual([
    'medium: policy app allows read on secret/data/app',
  ]);
});

test('a policy of the same name in another namespace has other holders', () => {
  const holder = role('dev', [ALICE], ['app'], { namespace: 'team' });

  expect(findingsOf(policyChanged, { before: [holder], after: [holder, app(READ)] })).toEqual([
    'medium: policy app allows read on secret/data/app',
  ]);
});
