import fc from 'fast-check';
import { KNOWN } from '../../lib/review/scope';
import { plainText } from '../../lib/review/sentence';
import { policy, reviewOf, role, type Sample } from './support/plan';
import { SINGLE_CHANGES } from './support/single-changes';
import { size } from '../support/size';

/** A small world: who is bound to which role, what each policy says, and what AWS allows. */
interface World {
  readonly policies: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly roles: Readonly<
    Record<string, { readonly users: readonly string[]; readonly policies: readonly string[] }>
  >;
  readonly resolve: boolean;
  readonly members: readonly string[];
  readonly groupPolicies: readonly string[];
  readonly iam: {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly trusted: readonly string[];
  };
  readonly sts: string;
  readonly header: string;
  readonly ttl: number;
}

// A property's time is bounded by its runs: a loaded machine takes longer.
const TIMEOUT_MS = 60_000;

const USERS = ['alice', 'bob', 'carol'];
const POLICIES = ['p-app', 'p-ops', 'p-all'];
const PATHS = ['secret/data/app', 'secret/data/app/*', 'secret/data/*', 'secret/+/app', 'sys/seal'];
const ACTIONS = ['iam:GetUser', 'iam:GetRole', 's3:GetObject'];
const ACCOUNT = 'arn:aws:iam::123456789012';

const capabilities = fc.oneof(
  { weight: 5, arbitrary: fc.subarray(['create', 'read', 'update', 'list', 'sudo'], { minLength: 1 }) },
  { weight: 1, arbitrary: fc.constant(['deny']) },
);
const some = (all: readonly string[]) => fc.subarray([...all], { minLength: 1 });
const by = <T>(keys: readonly string[], value: fc.Arbitrary<T>) =>
  some(keys).chain((chosen) => fc.record(Object.fromEntries(chosen.map((key) => [key, value]))));

const worlds: fc.Arbitrary<World> = fc.record({
  policies: fc.record(Object.fromEntries(POLICIES.map((name) => [name, by(PATHS, capabilities)]))),
  roles: fc.record({
    dev: fc.record({ users: some(USERS), policies: some(POLICIES) }),
    operator: fc.record({ users: some(USERS), policies: fc.subarray(POLICIES) }),
  }),
  resolve: fc.constant(true),
  members: some(USERS),
  groupPolicies: fc.subarray(POLICIES),
  iam: fc.record({
    actions: some(ACTIONS),
    resources: fc.constantFrom(['arn:aws:s3:::a'], ['arn:aws:s3:::a', 'arn:aws:s3:::b']),
    trusted: some(USERS),
  }),
  sts: fc.constantFrom('https://sts.amazonaws.com', 'https://sts.eu-central-1.amazonaws.com'),
  header: fc.constantFrom('vault.example.com', 'vault'),
  ttl: fc.constant(3600),
});

/** A change, and what a finding has to name one of. */
interface Change {
  readonly world: World;
  readonly named: readonly string[];
}

/** One without an item of a list, or with one more. */
const toggled = (list: readonly string[], item: string) =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item];

/** A policy, and the roles and the group that give it. */
const holdersOf = ({ roles, groupPolicies }: World, name: string) => [
  name,
  ...Object.keys(roles).filter((role) => roles[role]!.policies.includes(name)),
  ...(groupPolicies.includes(name) ? ['team'] : []),
];

const ruleChanges = (world: World): fc.Arbitrary<Change> =>
  fc
    .tuple(fc.constantFrom(...POLICIES), fc.constantFrom(...PATHS), fc.option(capabilities))
    .filter(([name, path, next]) => world.policies[name]![path]?.join() !== next?.join())
    .map(([name, path, next]) => {
      const others = Object.entries(world.policies[name]!).filter(([each]) => each !== path);
      const rules = Object.fromEntries(next === null ? others : [...others, [path, next]]);
      return {
        world: { ...world, policies: { ...world.policies, [name]: rules } },
        named: holdersOf(world, name),
      };
    });

const globChanges = (world: World): fc.Arbitrary<Change> =>
  fc.constantFrom(...POLICIES).chain((name) =>
    fc.constantFrom(...Object.keys(world.policies[name]!)).map((path) => {
      const { [path]: moved, ...rest } = world.policies[name]!;
      const rules = { ...rest, [`${path.replace(/\*$/, '')}x*`]: moved! };
      return {
        world: { ...world, policies: { ...world.policies, [name]: rules } },
        named: holdersOf(world, name),
      };
    }),
  );

const roleChanges = (world: World): fc.Arbitrary<Change> =>
  fc
    .tuple(
      fc.constantFrom('dev', 'operator'),
      fc.oneof(
        fc.constantFrom(...USERS).map((user) => ({ user })),
        fc.constantFrom(...POLICIES).map((policy) => ({ policy })),
        fc.constant({}),
      ),
    )
    .map(([name, change]: [string, { user?: string; policy?: string }]) => {
      const { [name]: old, ...others } = world.roles;
      const users = change.user ? toggled(old!.users, change.user) : old!.users;
      const policies = change.policy ? toggled(old!.policies, change.policy) : old!.policies;
      const gone = change.user === undefined && change.policy === undefined;
      const roles = gone ? others : { ...others, [name]: { users, policies } };
      return { world: { ...world, roles }, named: [name] };
    });

const changes = (world: World): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 4, arbitrary: ruleChanges(world) },
    { weight: 2, arbitrary: globChanges(world) },
    { weight: 4, arbitrary: roleChanges(world) },
    fc.constantFrom(
      { world: { ...world, resolve: false }, named: ['dev'] },
      { world: { ...world, ttl: 7200 }, named: ['dev'] },
      { world: { ...world, sts: 'https://sts.example.com' }, named: ['auth/aws'] },
      { world: { ...world, header: '' }, named: ['auth/aws'] },
      { world: { ...world, header: 'other' }, named: ['auth/aws'] },
    ),
    fc
      .constantFrom(...USERS)
      .map((user) => ({ world: { ...world, members: toggled(world.members, user) }, named: ['team'] })),
    fc.constantFrom(...POLICIES).map((each) => ({
      world: { ...world, groupPolicies: toggled(world.groupPolicies, each) },
      named: ['team'],
    })),
    fc.constantFrom<Change>(
      {
        world: { ...world, iam: { ...world.iam, actions: [...world.iam.actions, 'sts:AssumeRole'] } },
        named: ['look-up'],
      },
      {
        world: { ...world, iam: { ...world.iam, resources: [...world.iam.resources, '*'] } },
        named: ['look-up'],
      },
      {
        world: { ...world, iam: { ...world.iam, trusted: [...world.iam.trusted, 'mallory'] } },
        named: ['assumed'],
      },
    ),
  );

const iamDocument = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } });

function samplesOf(world: World): Sample[] {
  const { actions, resources, trusted } = world.iam;
  const hcl = (rules: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(rules)
      .map(([path, allowed]) => `path "${path}" {\n  capabilities = ${JSON.stringify(allowed)}\n}`)
      .join('\n');
  return [
    ...Object.entries(world.policies).map(([name, rules]) => policy(name, hcl(rules))),
    ...Object.entries(world.roles).map(([name, { users, policies }]) =>
      role(
        name,
        users.map((user) => `${ACCOUNT}:user/${user}`),
        policies,
        { resolve_aws_unique_ids: world.resolve, token_ttl: world.ttl },
      ),
    ),
    ...USERS.map((user) => ({
      type: 'vault_identity_entity',
      name: user,
      values: { id: `id-${user}`, name: user },
    })),
    {
      type: 'vault_identity_group',
      values: {
        name: 'team',
        policies: world.groupPolicies,
        member_entity_ids: world.members.map((user) => `id-${user}`),
      },
    },
    {
      type: 'aws_iam_policy',
      values: { name: 'look-up', policy: iamDocument({ Action: actions, Resource: resources }) },
    },
    {
      type: 'aws_iam_role',
      values: {
        name: 'assumed',
        assume_role_policy: iamDocument({
          Action: 'sts:AssumeRole',
          Principal: { AWS: trusted.map((user) => `${ACCOUNT}:user/${user}`) },
        }),
      },
    },
    {
      type: 'vault_aws_auth_backend_client',
      values: { backend: 'aws', sts_endpoint: world.sts, iam_server_id_header_value: world.header },
    },
  ];
}

test(
  'whatever changes, a finding names it',
  () => {
    fc.assert(
      fc.property(
        worlds.chain((world) => changes(world).map((change) => ({ world, change }))),
        ({ world, change }) => {
          const { findings } = reviewOf({ before: samplesOf(world), after: samplesOf(change.world) });

          const said = findings.map(({ sentence }) => plainText(sentence)).join('\n');
          expect(change.named.filter((name) => said.includes(name))).not.toEqual([]);
        },
      ),
      { numRuns: size(50, 150) },
    );
  },
  TIMEOUT_MS,
);

test('every kind that a rule looks at changes in one of them', () => {
  const singles = Object.values(SINGLE_CHANGES).flatMap(({ before, after }) => [before?.type, after?.type]);
  const [world] = fc.sample(worlds, 1);
  const all = new Set([...singles, ...samplesOf(world!).map(({ type }) => type)]);

  expect([...KNOWN].filter((kind) => !all.has(kind))).toEqual([]);
});

/** Those of the whole world change nothing for it: it is found beside whatever else is there. */
test.each(Object.entries(SINGLE_CHANGES))(
  '%s: a finding names it, whatever else there is, and none where it stays',
  (_, { before, after, named }) => {
    fc.assert(
      fc.property(worlds, (world) => {
        const others = samplesOf(world);
        const side = (sample: Sample | undefined) => (sample ? [...others, sample] : others);
        const { findings } = reviewOf({ before: side(before), after: side(after) });
        const none = reviewOf({ before: side(before), after: side(before) });

        const said = findings.map(({ sentence }) => plainText(sentence)).join('\n');
        expect(named.filter((name) => said.includes(name))).not.toEqual([]);
        expect(none.findings).toEqual([]);
      }),
      { numRuns: size(2, 5) },
    );
  },
  TIMEOUT_MS,
);

test(
  'where nothing changes, nothing is found',
  () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { findings } = reviewOf({ before: samplesOf(world), after: samplesOf(world) });

        expect(findings).toEqual([]);
      }),
      { numRuns: size(20, 50) },
    );
  },
  TIMEOUT_MS,
);
