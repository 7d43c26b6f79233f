import { InvalidInputError, readPlan, Unknown } from '../../lib/terraform';
import { planOf, policy, role } from '../review/support/plan';

const plan = (fields: object) => JSON.stringify({ format_version: '1.2', resource_changes: [], ...fields });

test.each([
  [
    'a file that is cut off',
    planOf({ after: [policy('app', 'x')] }).slice(0, 100),
    /^FILE is no JSON \(100 characters.*\): give it a plan file of Terraform, or what `terraform show -json PLAN` prints, whole\.$/,
  ],
  ['nothing', '', /^FILE is no JSON \(0 characters.*\): /],
  ['other JSON', '{}', /^FILE is JSON, but not a plan of Terraform: it has no format_version: /],
  ['a list', '[]', /^FILE is JSON, but not a plan of Terraform/],
  [
    'another version',
    plan({ format_version: '2.0' }),
    /^FILE has format_version '2\.0', and only 1\.x is known here: /,
  ],
  [
    'a state',
    JSON.stringify({ format_version: '1.0', values: {} }),
    /^FILE is not a plan: it has neither resource_changes nor planned_values: .* a state is for `vault-aws-auth access`\.$/,
  ],
  [
    'a plan that failed',
    plan({ errored: true }),
    /^FILE is of a plan that failed, so it is not complete: plan again/,
  ],
  [
    'a change without actions',
    plan({ resource_changes: [{ address: 'a.b', type: 'a', change: {} }] }),
    /^FILE has a resource change without address, type or actions: /,
  ],
  ['a change that is a number', plan({ resource_changes: [7] }), /^FILE has a resource change without/],
])('%s is refused', (_, text, message) => {
  expect(() => readPlan(text, 'FILE')).toThrow(InvalidInputError);
  expect(() => readPlan(text, 'FILE')).toThrow(message);
});

test('a message quotes nothing of what it refuses', () => {
  let message = '';
  try {
    readPlan('{"secret_key": "Zk3q9T0pS3cretValue", oops', 'FILE');
  } catch (error) {
    ({ message } = error as Error);
  }

  expect(message).toMatch(/^FILE is no JSON/);
  expect(message).not.toContain('Zk3');
});

test('fields that are not known are let be', () => {
  expect(readPlan(plan({ format_version: '1.99', of_later: { a: 1 } }), 'FILE').changes).toEqual([]);
});

test('an action that is not known is a change', () => {
  const text = plan({
    resource_changes: [
      { address: 'a.b', type: 'a', change: { actions: ['transmute'], before: {}, after: {} } },
    ],
  });

  expect(readPlan(text, 'FILE').changes.map(({ action }) => action)).toEqual(['update']);
});

test('what is known after the apply only says what it comes from', () => {
  const sample = {
    ...role('dev', [], []),
    unknown: { bound_iam_principal_arns: true },
    references: { bound_iam_principal_arns: ['aws_iam_user.alice.arn', 'aws_iam_user.alice'] },
  };
  const { bound_iam_principal_arns: arns } = readPlan(planOf({ after: [sample] }), 'FILE').after[0]!.values;

  expect(arns).toBeInstanceOf(Unknown);
  expect((arns as Unknown).references).toEqual(['aws_iam_user.alice.arn', 'aws_iam_user.alice']);
});

test('modules and instances have the references of their blocks', () => {
  const address = 'module.team["a.b[0]"].vault_policy.app[0]';
  const { after } = readPlan(
    plan({
      resource_changes: [
        {
          address,
          mode: 'managed',
          type: 'vault_policy',
          name: 'app',
          change: { actions: ['create'], before: null, after: {}, after_unknown: { policy: true } },
        },
      ],
      configuration: {
        root_module: {
          module_calls: {
            team: {
              module: {
                resources: [
                  {
                    mode: 'managed',
                    type: 'vault_policy',
                    name: 'app',
                    expressions: { policy: { references: ['var.text'] } },
                  },
                ],
              },
            },
          },
        },
      },
    }),
    'FILE',
  );

  expect(after[0]).toMatchObject({ address, values: { policy: { references: ['var.text'] } } });
});

const roleChange = (actions: readonly string[], more: object = {}) => ({
  address: 'vault_aws_auth_backend_role.dev',
  mode: 'managed',
  type: 'vault_aws_auth_backend_role',
  name: 'dev',
  change: { actions, before: { role: 'dev' }, after: actions[0] === 'no-op' ? { role: 'dev' } : null },
  ...more,
});

test('what Terraform forgets stays as it is', () => {
  const { after, changes } = readPlan(plan({ resource_changes: [roleChange(['forget'])] }), 'FILE');

  expect(after.map(({ values }) => values)).toEqual([{ role: 'dev' }]);
  expect(changes).toMatchObject([{ action: 'forget', after: undefined }]);
});

test('a deposed object is a change of its own, and not what is there before', () => {
  const { before, after, changes } = readPlan(
    plan({ resource_changes: [roleChange(['no-op']), roleChange(['delete'], { deposed: '0a1b2c3d' })] }),
    'FILE',
  );

  expect([before.length, after.length]).toEqual([1, 1]);
  expect(changes.map(({ address, action }) => [address, action])).toEqual([
    ['vault_aws_auth_backend_role.dev', 'no-op'],
    ['vault_aws_auth_backend_role.dev (deposed 0a1b2c3d)', 'delete'],
  ]);
});
