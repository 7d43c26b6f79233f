import { accessReport } from '../../lib/access';
import { readPlan } from '../../lib/terraform';
import { planOf, policy, role, type Sample } from '../review/support/plan';

const report = (query: object, ...after: readonly Sample[]) =>
  accessReport([{ name: 's', kind: 'state', resources: readPlan(planOf({ after }), 's').after }], query);
const onPath = (path: string, ...after: readonly Sample[]) =>
  report({ path }, ...after).rows.map(({ grant, paths, conditions, notShown }) => [
    grant.role!.name,
    paths.flatMap(({ capabilities }) => capabilities).join(),
    ...conditions,
    ...notShown.map(({ policy: name }) => name),
  ]);
const alice = ['arn:aws:iam::123456789012:user/alice'];

test('a path is judged by all policies of a role together', () => {
  const samples = [
    role('dev', alice, ['wide', 'narrow']),
    role('ops', alice, ['wide']),
    policy('wide', 'path "secret/data/*" { capabilities = ["read"] }'),
    policy('narrow', 'path "secret/data/prod/*" { capabilities = ["deny"] }'),
  ];

  expect(onPath('/secret/data/prod/db', ...samples)).toEqual([['ops', 'read']]);
  expect(onPath('secret/data/app', ...samples)).toEqual([
    ['dev', 'read'],
    ['ops', 'read'],
  ]);
  expect(onPath('kv/app', ...samples)).toEqual([]);
});

test('a path is not taken for closed where a policy is not here', () => {
  expect(onPath('secret/data/app', role('dev', alice, ['elsewhere', 'default']))).toEqual([
    ['dev', '', 'elsewhere'],
  ]);
});

test('a path may be of a template: the row says who it is for', () => {
  const own = policy('own', 'path "kv/{{identity.entity.name}}/+/*" { capabilities = ["read"] }');

  expect(onPath('kv/alice/a/b', role('dev', alice, ['own']), own)).toEqual([
    ['dev', 'read', '{{identity.entity.name}} is alice'],
  ]);
  expect(onPath('kv/alice', role('dev', alice, ['own']), own)).toEqual([]);
});

test('a path is asked with or without its namespace', () => {
  const samples = [
    role('dev', alice, ['p'], { namespace: 'team' }),
    {
      type: 'vault_policy',
      values: { name: 'p', namespace: 'team', policy: 'path "kv/a" { capabilities = ["read"] }' },
    },
  ];

  expect(onPath('kv/a', ...samples)).toEqual([['dev', 'read']]);
  expect(onPath('team/kv/a', ...samples)).toEqual([['dev', 'read']]);
});

test.each(['', '/', 'secret/*', 'secret/+/a', '+/a'])("'%s' is no path", (path) => {
  expect(() => report({ path })).toThrow('--path: must be one path');
});
