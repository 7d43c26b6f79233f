import { policyUnreadable } from '../../../lib/review/rules/policy-unreadable';
import { findingsOf } from '../support/findings';
import { policy } from '../support/plan';

test.each([
  [
    'what the parser refuses',
    policy('app', 'path "x" { capabilities = ["read"], }'),
    /^high: policy app changes and can't be shown: it can't be read: app:1: /,
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
])('%s', async (_, sample, expected) => {
  expect(await findingsOf(policyUnreadable, { after: [sample] })).toEqual([expect.stringMatching(expected)]);
});

test('what can be read', async () => {
  expect(
    await findingsOf(policyUnreadable, { after: [policy('app', 'path "x" { capabilities = ["read"] }')] }),
  ).toEqual([]);
});
