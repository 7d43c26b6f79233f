import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../lib/terraform';
import { KNOWN, scopeOf } from '../../lib/review/scope';
import { planOf } from './support/plan';

const ROOT = join(__dirname, '../../lib');

/** Kinds that the rules name, or the model that they look at. */
function named(): string[] {
  const files = ['review/rules', 'review/iam', 'access', 'terraform'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  );
  const kind =
    /\b(?:aws_(?:iam|ssoadmin|identitystore)_[a-z_]*[a-z]|vault_[a-z]+_[a-z_]*[a-z]|vault_policy)\b/g;
  const kinds = files.flatMap((text) => text.match(kind) ?? []);
  return [...new Set(kinds)].sort();
}

test('the kinds that are known are those that rules name', () => {
  // Groups of IAM are read as data sources alone.
  expect(named().filter((kind) => kind !== 'aws_iam_group')).toEqual([...KNOWN].sort());
});

test.each([
  'aws_iam_virtual_mfa_device',
  'aws_ssoadmin_permission_set',
  'vault_identity_mfa_login_enforcement',
  'vault_a_kind_to_come',
])('a change of another kind is counted, and its plan is not foreign: %s', (type) => {
  const { outside, foreign } = scopeOf(
    readPlan(planOf({ after: [{ type, values: { name: 'x' } }] }), 'sample'),
  );

  expect({ outside, foreign }).toEqual({ outside: 1, foreign: false });
});

test('a change that a rule looks at is not', () => {
  const samples = { after: [{ type: 'vault_policy', values: { name: 'x', policy: '' } }] };

  expect(scopeOf(readPlan(planOf(samples), 'sample')).outside).toBe(0);
});
