import fc from 'fast-check';
import { InvalidInputError, readPlan, readState, readSynth } from '../../lib/terraform';
import { readAccess } from '../../lib/access';
import { reviewPlan } from '../../lib/review';
import { planOf, policy, role } from '../review/support/plan';
import { size } from '../support/size';

const plan = JSON.parse(
  planOf({
    before: [
      role('dev', ['arn:aws:iam::123456789012:user/a'], ['app']),
      policy('app', 'path "x" { capabilities = ["read"] }'),
    ],
    after: [
      role('dev', ['arn:aws:iam::123456789012:user/*'], ['app', 'ops']),
      policy('app', 'path "*" { capabilities = ["sudo"] }'),
      { type: 'vault_identity_group', values: { name: 'g', policies: ['app'], member_entity_ids: ['1'] } },
      {
        type: 'aws_iam_role',
        values: {
          name: 'r',
          assume_role_policy: '{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"}]}',
        },
      },
      { type: 'vault_auth_backend', values: { type: 'aws', path: 'aws', tune: [{ max_lease_ttl: '1h' }] } },
    ],
    drift: [{ was: role('dev', [], []), found: role('dev', ['*'], []) }],
  }),
) as unknown;

/** A copy with something else in place of one of its parts. */
function damaged(value: unknown, at: readonly number[], by: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return by;
  }
  const keys = Object.keys(value);
  const key = keys[first % keys.length]!;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = damaged(copy[key], rest, by);
  return copy;
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '${',
    '{{',
    '\u0000',
    '__proto__',
    -1,
    1e21,
    [[]],
    { __proto__: null },
    { toString: 1 },
    [null],
  ),
);

/** What is not read is refused with a message; nothing else may be thrown. */
async function readOrRefused(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    // Its trace says where; `toBeInstanceOf` would not.
    if (!(error instanceof InvalidInputError)) {
      throw error;
    }
  }
}

test('whatever is wrong in a plan, it is reviewed or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 8 }), anything, (at, by) =>
      readOrRefused(() => reviewPlan(readPlan(JSON.stringify(damaged(plan, at, by)), 'FILE'))),
    ),
    { numRuns: size(150, 500) },
  );
});

test('the same of a state', async () => {
  const state = {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'a.b',
            mode: 'managed',
            type: 'vault_aws_auth_backend_role',
            values: { role: 'x', bound_iam_principal_arns: ['*'] },
            sensitive_values: {},
          },
        ],
      },
    },
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 6 }), anything, (at, by) =>
      readOrRefused(() => readAccess(readState(JSON.stringify(damaged(state, at, by)), 'FILE'))),
    ),
    { numRuns: size(150, 500) },
  );
});

test('the same of a synthesized stack', async () => {
  const stack = {
    terraform: {},
    locals: { a: '${local.b}', b: '${local.a}' },
    resource: {
      vault_aws_auth_backend_role: {
        r: {
          role: '${local.a}',
          backend: '${vault_auth_backend.m.path}',
          bound_iam_principal_arns: ['${aws_iam_user.u.arn}'],
        },
      },
      vault_auth_backend: { m: { path: '${vault_auth_backend.m.path}' } },
    },
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 6 }), anything, (at, by) =>
      readOrRefused(() => readAccess(readSynth(JSON.stringify(damaged(stack, at, by)), 'FILE'))),
    ),
    { numRuns: size(150, 500) },
  );
});
