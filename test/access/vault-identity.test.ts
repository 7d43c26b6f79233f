import { readPlan, readState, readSynth } from '../../lib/terraform';
import { linesOf, titleOfIdentity, vaultIdentities } from '../../lib/access/vault-identity';
import { planOf, type Sample } from '../review/support/plan';

const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
const look = document({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
const said = (resources: Parameters<typeof vaultIdentities>[0]) =>
  vaultIdentities(resources).map((identity) => [titleOfIdentity(identity), ...linesOf(identity)]);
const client = (values: object, rest: Partial<Sample> = {}): Sample => ({
  type: 'vault_aws_auth_backend_client',
  values: { backend: 'aws', ...values },
  ...rest,
});

const user: readonly Sample[] = [
  { type: 'aws_iam_user', values: { name: 'vault' } },
  {
    type: 'aws_iam_access_key',
    values: { user: 'vault', id: 'AKIAEXAMPLEEXAMPLE01' },
    sensitive: { secret: true },
  },
  { type: 'aws_iam_policy', values: { name: 'look', arn: 'arn:aws:iam::1:policy/look', policy: look } },
  {
    type: 'aws_iam_user_policy_attachment',
    values: { user: 'vault', policy_arn: 'arn:aws:iam::1:policy/look' },
  },
];

const IS_USER = [
  'In AWS, Vault at auth/aws is IAM user vault',
  'may iam:GetUser on * (IAM policy look)',
  'can be used by anyone who has its access key, can read the Terraform state, or may create another key by iam:CreateAccessKey',
];

test('the user whose key the configuration refers to', () => {
  const referring = client(
    {},
    { unknown: { access_key: true }, references: { access_key: ['aws_iam_access_key.it.id'] } },
  );

  expect(said(readPlan(planOf({ after: [...user, referring] }), 's').after)).toEqual([IS_USER]);
});

test('the user whose key it is, though the key is hidden', () => {
  const holding = client({ access_key: 'AKIAEXAMPLEEXAMPLE01' }, { sensitive: { access_key: true } });

  expect(said(readPlan(planOf({ after: [...user, holding] }), 's').after)).toEqual([IS_USER]);
});

test('a role of another user is not its own', () => {
  const other = { type: 'aws_iam_user_policy', values: { user: 'other', name: 'all', policy: look } };
  const holding = client({ access_key: 'AKIAEXAMPLEEXAMPLE01' }, { sensitive: { access_key: true } });

  expect(said(readPlan(planOf({ after: [...user, other, holding] }), 's').after)).toEqual([IS_USER]);
});

test('the role that its machine has, with its trust', () => {
  const trust = document({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: 'arn:aws:iam::2:root' },
    Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
  });
  const stack = JSON.stringify({
    terraform: {},
    resource: {
      aws_iam_role: { vault: { name: 'vault', assume_role_policy: trust } },
      aws_iam_role_policy: { own: { role: '${aws_iam_role.vault.name}', name: 'own', policy: look } },
      vault_aws_auth_backend_client: { c: { backend: 'aws', depends_on: ['aws_iam_role_policy.own'] } },
    },
  });

  expect(said(readSynth(stack, 's'))).toEqual([
    [
      'In AWS, Vault at auth/aws is IAM role vault',
      'may iam:GetUser on * (inline policy own)',
      'can be used by AWS:arn:aws:iam::2:root if {"StringEquals":{"sts:ExternalId":"x"}}',
    ],
  ]);
});

test.each([
  [{}, 'the identity of its machine, or the owner of an access key that is not written here'],
  [{ access_key: 'AKIAOTHEROTHEROTHER0' }, 'the owner of an access key that is not of this stack'],
  [{ role_arn: 'arn:aws:iam::1:role/vault' }, 'arn:aws:iam::1:role/vault'],
])('one that is not of the stack: %j', (values, who) => {
  expect(said(readPlan(planOf({ after: [client(values)] }), 's').after)).toEqual([
    [`In AWS, Vault at auth/aws is ${who}`],
  ]);
});

test('a state has no references, and its policies are found by name and ARN', () => {
  const resources = [...user, client({ access_key: 'AKIAEXAMPLEEXAMPLE01' })].map(({ type, values }) => ({
    address: `${type}.it`,
    mode: 'managed',
    type,
    values,
    sensitive_values: type === 'vault_aws_auth_backend_client' ? { access_key: true } : {},
  }));
  const state = JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } });

  expect(said(readState(state, 's'))).toEqual([IS_USER]);
});
