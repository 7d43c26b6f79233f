import { accessReport } from '../../lib/access';
import { readPlan } from '../../lib/terraform';
import { planOf, policy, role, type Sample } from '../review/support/plan';

const ALICE = 'arn:aws:iam::123456789012:user/alice';
const source = (name: string, ...after: readonly Sample[]) => ({
  name,
  kind: 'state' as const,
  resources: readPlan(planOf({ after }), name).after,
});
const read = 'path "secret/data/app" { capabilities = ["read"] }';
const logins = source('logins', role('dev', [ALICE], ['app']));
const only = (sources: Parameters<typeof accessReport>[0], query = {}) =>
  accessReport(sources, query).rows.map(({ paths, notShown, ofOthers }) => ({
    paths,
    notShown,
    ofOthers,
  }));

test('a policy that a stack has not is taken from the only other one that has it, and that is said', () => {
  const known = [
    {
      paths: [{ path: 'secret/data/app', capabilities: ['read'] }],
      notShown: [],
      ofOthers: [{ policy: 'app', source: 'policies' }],
    },
  ];
  expect(only([logins, source('policies', policy('app', read))])).toEqual(known);
  expect(only([source('policies', policy('app', read)), logins])).toEqual(known);
});

test('a policy that a stack has not may be of another Vault: a path that it does not allow is no answer', () => {
  const sources = [logins, source('policies', policy('app', read))];

  expect(only(sources, { path: 'secret/data/other' })).toEqual([
    { paths: [], notShown: [], ofOthers: [{ policy: 'app', source: 'policies' }] },
  ]);
});

test('a policy that a stack has not is not known where several have it', () => {
  const [one, two] = ['one', 'two'].map((name) => source(name, policy('app', read)));

  expect(only([logins, one!, two!])).toEqual([
    {
      paths: [],
      notShown: [{ policy: 'app', why: 'its text is not here, and several others have one: one, two' }],
      ofOthers: [],
    },
  ]);
});

test('a policy that a stack has not is not taken where it has one of its own, or only another namespace has it', () => {
  const own = source('own', role('dev', [ALICE], ['app']), policy('app', ''));
  const other = source('policies', policy('app', read));
  const team = { ...policy('app', read), values: { name: 'app', namespace: 'team', policy: read } };

  expect(only([own, other])).toEqual([{ paths: [], notShown: [], ofOthers: [] }]);
  expect(only([logins, source('team', team)])).toEqual([
    { paths: [], notShown: [{ policy: 'app', why: 'its text is not here' }], ofOthers: [] },
  ]);
});
