import { type PictureNode, pictureOf } from '../../lib/review/picture';
import { policy, reviewOf, role, type Samples } from './support/plan';

const ALICE = ['arn:aws:iam::123456789012:user/alice'];
const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);
const hcl = (paths: readonly string[]) =>
  paths.map((path) => `path "${path}" {\n  capabilities = ["read"]\n}\n`).join('');

function draw(samples: Samples) {
  const { nodes, edges, leftOut } = pictureOf(reviewOf(samples));
  const names = (kind: PictureNode['kind']) =>
    nodes.filter((node) => node.kind === kind).map(({ name }) => name);
  return { names, edges, leftOut };
}

test('of many policies of a role those that change are drawn, and how many more it has', () => {
  const policies = numbered('policy', 30);
  const { names, leftOut } = draw({
    before: [role('dev', ALICE, policies)],
    after: [role('dev', ALICE, [...policies, 'new'])],
  });

  expect(names('policy')).toEqual(['new', ...policies.slice(0, 19)]);
  expect([names('more'), leftOut]).toEqual([['11 more policies'], 0]);
});

test('as many as there is room for are drawn in their order', () => {
  const policies = numbered('policy', 19);
  const { names } = draw({
    before: [role('dev', ALICE, policies)],
    after: [role('dev', ALICE, [...policies, 'new'])],
  });

  expect(names('policy')).toEqual([...policies, 'new']);
  expect(names('more')).toEqual([]);
});

test('of many paths of a policy those that change are drawn, and how many more it has', () => {
  const paths = numbered('secret/data', 12);
  const { names } = draw({
    before: [policy('app', hcl(paths))],
    after: [policy('app', hcl([...paths, 'secret/data/new']))],
  });

  expect(names('path')).toEqual(['secret/data/new', ...paths.slice(0, 7)]);
  expect(names('more')).toEqual(['5 more paths']);
});

test('two policies with more each say so at their own', () => {
  const paths = numbered('secret/data', 9);
  const { names, edges } = draw({ after: [policy('a', hcl(paths)), policy('b', hcl(paths))] });

  expect(names('more')).toEqual(['1 more path', '1 more path']);
  expect(new Set(edges.map(({ from }) => from)).size).toBe(2);
});

test('how many principals and policies are left out is said, gains last of all', () => {
  const before = numbered('role', 30).map((name) => role(name, [`${ALICE[0]}-${name}`], ['app']));
  const { names, leftOut } = draw({ before, after: [role('new', ALICE, ['app'])] });

  expect(names('role')[0]).toBe('new');
  expect(names('role').length + leftOut).toBe(31);
  expect(leftOut).toBeGreaterThan(0);
});

test('a policy of a namespace is drawn once, at the role that gives it, whatever the case of its name', () => {
  const namespace = { namespace: 'team' };
  const of = (paths: readonly string[]) => {
    const app = policy('app', hcl(paths));
    return { ...app, values: { ...app.values, ...namespace } };
  };
  const dev = role('dev', ALICE, ['App'], namespace);
  const { names, edges } = draw({ before: [dev, of(['a'])], after: [dev, of(['a', 'b'])] });

  expect([names('policy'), names('path')]).toEqual([['App'], ['b', 'a']]);
  expect(edges.map(({ change }) => change)).toEqual(['kept', 'kept', 'gained', 'kept']);
});
