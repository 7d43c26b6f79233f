import fc from 'fast-check';
import { type Masked, readPlan } from '../../lib/terraform';
import { reviewPlan } from '../../lib/review';
import { planOf, role, type Sample } from '../review/support/plan';

const SECRET = 'Zk3/q9+T0pS3cretValue';

const read = (...after: readonly Sample[]) => readPlan(planOf({ after }), 'sample');
const valuesOf = (sample: Sample) => read(sample).after[0]!.values;

describe('hidden', () => {
  test.each([
    ['what the plan marks', { values: { a: SECRET }, sensitive: { a: true } }],
    ['what lies below a mark', { values: { a: [{ b: SECRET }] }, sensitive: { a: true } }],
    ['what a mark inside a list means', { values: { a: [SECRET] }, sensitive: { a: [true] } }],
    ['a secret by its name', { values: { secret_key: SECRET } }],
    ['a secret by its name in a block', { values: { credentials: [{ password: SECRET }] } }],
    ['a write-only one', { values: { secret_key_wo: SECRET } }],
    ['a list by its name', { values: { token: [SECRET] } }],
    ["Vault's token by its form", { values: { note: `hvs.CAESIJ${'x'.repeat(30)} ${SECRET}` } }],
    ['a private key by its form', { values: { note: `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}` } }],
    [
      'what repeats a marked one',
      { values: { a: SECRET, note: `it is ${SECRET}!` }, sensitive: { a: true } },
    ],
  ])('%s', (_, sample) => {
    const plan = read({ type: 'vault_thing', ...sample });

    expect(JSON.stringify(plan)).not.toContain(SECRET);
    expect(JSON.stringify(plan.after[0]!.values)).toContain('(sensitive)');
  });
});

test.each([
  ['token_ttl', 3600],
  ['token_policies', ['app']],
  ['token_type', 'service'],
  ['secret_key_wo_version', 2],
  ['role_arn', 'arn:aws:iam::123456789012:role/a'],
])('%s is no secret', (name, value) => {
  expect(valuesOf({ type: 'vault_thing', values: { [name]: value } })[name]).toEqual(value);
});

test('nothing is no secret, so that one sees that there is none', () => {
  const { secret_key } = valuesOf({
    type: 'vault_thing',
    values: { secret_key: null },
    sensitive: { secret_key: true },
  });

  expect(secret_key).toBeNull();
});

test('two secrets of a plan can be told apart, and of two plans not', () => {
  const key = (secret: string) => ({
    type: 'aws_iam_access_key',
    values: { secret },
    sensitive: { secret: true },
  });
  const [change] = readPlan(
    planOf({ before: [key('one-secret')], after: [key('other-secret')] }),
    'a',
  ).changes;
  const { secret: was } = change!.before!.values as { secret: Masked };
  const { secret: again } = valuesOf(key('one-secret'));

  expect(was.equals(change!.after!.values.secret)).toBe(false);
  expect(was.equals(was)).toBe(true);
  expect(was.equals(again)).toBe(false);
});

test('a secret that is seeded anywhere in a plan is nowhere in what is read and said', () => {
  const name = fc.constantFrom('role', 'note', 'token_policies', 'bound_iam_principal_arns', 'a');
  const sample = fc.record({
    type: fc.constantFrom(
      'vault_aws_auth_backend_role',
      'vault_policy',
      'terraform_data',
      'vault_identity_group',
    ),
    name: fc.constantFrom('x', 'y'),
    values: fc.dictionary(
      name,
      fc.constantFrom<unknown>(SECRET, [`${SECRET}-`], { nested: SECRET }, `in ${SECRET} text`, 'plain', 1),
      { maxKeys: 4 },
    ),
  });
  const marked = {
    type: 'aws_iam_access_key',
    name: 'k',
    values: { secret: SECRET },
    sensitive: { secret: true },
  };

  fc.assert(
    fc.property(fc.array(sample, { maxLength: 4 }), fc.array(sample, { maxLength: 4 }), (one, other) => {
      const unique = (all: typeof one) => [
        ...new Map(all.map((each) => [`${each.type}.${each.name}`, each])).values(),
      ];
      const text = planOf({
        before: [...unique(one), marked],
        after: [...unique(other), role('dev', [], ['app'])],
        drift: [{ was: marked, found: { ...marked, values: { ...marked.values, note: SECRET } } }],
      });
      const review = reviewPlan(readPlan(text, 'sample'));

      expect(text).toContain(SECRET);
      expect(
        JSON.stringify([review.plan, review.findings, review.differences, review.policies]),
      ).not.toContain(SECRET);
    }),
  );
});
