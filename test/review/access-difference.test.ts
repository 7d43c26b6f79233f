import { policy, reviewOf, role, type Samples } from './support/plan';

const ALICE = ['arn:aws:iam::123456789012:user/alice'];
const hcl = (...paths: string[]) =>
  paths.map((path) => `path "${path}" {\n  capabilities = ["read"]\n}\n`).join('');

const differences = (samples: Samples) => reviewOf(samples).differences;

test('who neither gains nor loses is left out', () => {
  const dev = role('dev', ALICE, ['app', 'elsewhere']);
  const app = policy('app', hcl('a'));
  const more = policy('app', hcl('a', 'b'));
  const ops = role('ops', ALICE, ['ops']);

  expect(differences({ before: [dev, app], after: [dev, app] })).toEqual([]);
  const [one, ...others] = differences({ before: [dev, app, ops], after: [dev, more, ops] });
  expect(one).toMatchObject({ paths: [{ path: 'b', gained: ['read'], lost: [] }], notShown: [] });
  expect(others).toEqual([]);
});

test('of several policies the one that changes is found, with as many rules as before', () => {
  const dev = role('dev', ALICE, ['app', 'base']);
  const base = policy('base', hcl('base'));

  expect(
    differences({
      before: [dev, base, policy('app', hcl('a'))],
      after: [dev, base, policy('app', hcl('b'))],
    }),
  ).toMatchObject([
    {
      paths: [
        { path: 'a', gained: [], lost: ['read'] },
        { path: 'b', gained: ['read'], lost: [] },
      ],
    },
  ]);
});

test('the same rules in a text of another form are no difference', () => {
  const dev = role('dev', ALICE, ['app']);
  const other = policy('app', `# the app's own\n${hcl('a')}`);

  expect(differences({ before: [dev, policy('app', hcl('a'))], after: [dev, other] })).toEqual([]);
});
