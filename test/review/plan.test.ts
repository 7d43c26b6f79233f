import { addressOf, planOf, policy, reviewOf, role } from './support/plan';
import { readPlan } from '../../lib/terraform';

const read = policy('app', 'path "secret/data/app" { capabilities = ["read"] }');
const write = policy('app', 'path "secret/data/app" { capabilities = ["read", "update"] }');

test('the samples make the plans that Terraform would', () => {
  const plan = readPlan(
    planOf({
      before: [read, role('old', [], ['app']), role('same', [], ['app']), role('again', [], [])],
      after: [
        write,
        role('same', [], ['app']),
        role('new', [], ['app']),
        { ...role('again', [], []), replace: true, reason: 'replace_by_triggers' },
        { type: 'aws_iam_user', key: 'a', values: { name: 'a' }, imported: true },
      ],
    }),
    'sample',
  );

  expect(plan.changes.map(({ address, action }) => [address, action])).toEqual([
    ['vault_policy.app', 'update'],
    ['vault_aws_auth_backend_role.same', 'no-op'],
    ['vault_aws_auth_backend_role.new', 'create'],
    ['vault_aws_auth_backend_role.again', 'replace'],
    ['aws_iam_user.it["a"]', 'create'],
    ['vault_aws_auth_backend_role.old', 'delete'],
  ]);
});

test('a move keeps the resource, and names where it was', () => {
  const after = { ...policy('app', ''), name: 'to', previousAddress: 'vault_policy.app' };
  const [change] = readPlan(planOf({ before: [policy('app', '')], after: [after] }), 'sample').changes;

  expect(change).toMatchObject({
    address: addressOf(after),
    previousAddress: 'vault_policy.app',
    action: 'no-op',
  });
});

test('the review of a sample finds who gains', () => {
  const bound = role('dev', ['arn:aws:iam::123456789012:user/alice'], ['app']);
  const { findings } = reviewOf({ before: [read, bound], after: [write, bound] });

  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['access-gained', 'medium']]);
});
