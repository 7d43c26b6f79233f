import { InvalidInputError, readState, readSynth, Unknown } from '../../lib/terraform';
import { readAccess } from '../../lib/access';

const stack = (resource: object, rest: object = {}) => JSON.stringify({ terraform: {}, resource, ...rest });

test('references to what the stack says are followed', () => {
  const resources = readSynth(
    stack(
      {
        vault_auth_backend: { mount: { path: 'aws', type: 'aws', '//': {}, lifecycle: {} } },
        aws_iam_user: { alice: { name: 'alice', path: '/team/' } },
        vault_aws_auth_backend_role: {
          dev: {
            backend: '${vault_auth_backend.mount.path}',
            role: 'dev',
            auth_type: 'iam',
            bound_iam_principal_arns: [
              '${aws_iam_user.alice.arn}',
              'arn:${data.aws_partition.p.partition}:iam::${data.aws_caller_identity.c.account_id}:user/*',
            ],
          },
        },
      },
      { data: { aws_partition: { p: {} }, aws_caller_identity: { c: {} } } },
    ),
    'FILE',
  );
  const { roles } = readAccess(resources);

  expect(roles[0]).toMatchObject({ name: 'dev', mount: 'aws' });
  expect(roles[0]!.principals.map(({ label }) => label)).toEqual([
    'arn:aws:iam::(this account):user/team/alice',
    'all IAM users of (this account)',
  ]);
});

test('what only an apply can know is unknown, with what it comes from, by way of locals too', () => {
  const [entity] = readSynth(
    stack(
      { vault_identity_group: { g: { name: 'devs', member_entity_ids: '${[for id in local.ids : id]}' } } },
      { locals: { ids: '${[for user in data.aws_iam_group.all["devs"].users : user.id]}' } },
    ),
    'FILE',
  );

  expect(entity!.values.member_entity_ids).toBeInstanceOf(Unknown);
  expect(entity!.references.member_entity_ids).toEqual([
    'data.aws_iam_group.all["devs"]',
    'data.aws_iam_group.all',
  ]);
  expect(readAccess([entity!]).groups[0]!.iamGroup).toBe('devs');
});

test('a local value is followed, and parts of a text are known only together', () => {
  const locals = { team: 'a', path: 'kv/${local.team}', itself: '${local.itself}' };
  const values = (name: string, ...more: string[]) =>
    readSynth(
      stack({ vault_policy: { p: { name } }, vault_mount: { m: { path: more[0] } } }, { locals }),
      'FILE',
    )[0]!.values;

  expect(values('${local.path}/x').name).toBe('kv/a/x');
  expect(values('${vault_mount.m.path}/x', '${local.path}').name).toBe('kv/a/x');
  expect(values('${local.path}/${var.late}').name).toBeInstanceOf(Unknown);
  expect(values('${local.itself}').name).toBeInstanceOf(Unknown);
});

test('a text that only looks like a reference stays', () => {
  const [policy] = readSynth(
    stack({ vault_policy: { p: { name: 'p', policy: 'a/$${aws:username}' } } }),
    'FILE',
  );

  expect(policy!.values.policy).toBe('a/${aws:username}');
});

test('a secret in a stack is not shown', () => {
  const resources = readSynth(
    stack({ vault_aws_auth_backend_client: { c: { secret_key: 'a-secret-key' } } }),
    'FILE',
  );

  expect(JSON.stringify(resources)).not.toContain('a-secret-key');
});

test.each([
  ['no JSON', '{', /^FILE is no JSON: /],
  ['a plan', '{"format_version": "1.2"}', /^FILE is no synthesized stack: /],
])('%s is refused', (_, text, message) => {
  expect(() => readSynth(text, 'FILE')).toThrow(InvalidInputError);
  expect(() => readSynth(text, 'FILE')).toThrow(message);
});

describe('a state', () => {
  const state = (resources: object[]) =>
    JSON.stringify({ format_version: '1.0', values: { root_module: { child_modules: [{ resources }] } } });

  test('is read with its modules, without its secrets', () => {
    const resources = readState(
      state([
        {
          address: 'module.a.aws_iam_access_key.k',
          mode: 'managed',
          type: 'aws_iam_access_key',
          values: { user: 'vault', secret: 'a-secret-key' },
          sensitive_values: { secret: true },
        },
      ]),
      'FILE',
    );

    expect(resources).toMatchObject([
      { address: 'module.a.aws_iam_access_key.k', values: { user: 'vault' } },
    ]);
    expect(JSON.stringify(resources)).not.toContain('a-secret-key');
  });

  test('of nothing has no resources', () => {
    expect(readState('{"format_version":"1.0"}', 'FILE')).toEqual([]);
  });

  test.each([
    ['no JSON', '{', /^FILE is no JSON: /],
    ['another version', '{"format_version":"2.0"}', /^FILE has no format_version 1\.x: /],
  ])('%s is refused', (_, text, message) => {
    expect(() => readState(text, 'FILE')).toThrow(message);
  });
});
