import { policyUnreadable } from '../../../lib/review/rules/policy-unreadable';
import { findingsOf } from '../support/findings';
import { policy } from '../support/plan';

test.each([
  [
    'what Vault refuses, with the first reason',
    policy('app', 'path "x" {\n  capabilities = ["READ"]\n  a = 1\n}'),
    /^high: policy app changes and can't be shown: Vault refuses it \(line 2: capabilities of path 'x': 'READ' is no capability of Vault; write 'read'; and 1 more\)$/,
  ],
  [
    'what is known only after the apply',
    { ...policy('app', ''), values: { name: 'app' }, unknown: { policy: true } },
    /^high: policy app changes and can't be shown: its text is known only after the apply$/,
  ],
  [
    'what is longer than Vault takes',
    policy('app', `# ${'x'.repeat(32 * 1024 * 1024)}`),
    /^high: policy app changes and can't be shown: it has 33554434 characters, and Vault takes 33554432 bytes by default$/,
  ],
])('%s', (_, sample, expected) => {
  expect(findingsOf(policyUnreadable, { after: [sample] })).toEqual([expect.stringMatching(expected)]);
});

test('what is not judged, if it changes', () => {
  const group = (approvals: number) =>
    policy(
      'app',
      `path "x" {\n  control_group { factor "f" { identity { group_names = ["g"] approvals = ${approvals} } } }\n}`,
    );
  const found = ['high: policy app changes what is not judged here: control_group of x'];

  expect(findingsOf(policyUnreadable, { before: [group(2)], after: [group(1)] })).toEqual(found);
  expect(findingsOf(policyUnreadable, { before: [group(2)], after: [policy('app', 'path "x" {}')] })).toEqual(
    found,
  );
  expect(
    findingsOf(policyUnreadable, {
      before: [group(1)],
      after: [
        {
          ...group(1),
          values: { ...group(1).values, policy: `${String(group(1).values.policy)}path "y" {}` },
        },
      ],
    }),
  ).toEqual([]);
  // Of a policy that is new or deleted, all its rules are shown.
  expect(findingsOf(policyUnreadable, { after: [group(1)] })).toEqual([]);
  expect(findingsOf(policyUnreadable, { before: [group(1)] })).toEqual([]);
});

test('what can be read', () => {
  expect(
    findingsOf(policyUnreadable, { after: [policy('app', 'path "x" { capabilities = ["read"] }')] }),
  ).toEqual([]);
});
