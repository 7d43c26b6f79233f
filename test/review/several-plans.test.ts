import { readPlan } from '../../lib/terraform';
import { reviewPlans } from '../../lib/review';
import { pictureOf } from '../../lib/review/picture';
import { plainText } from '../../lib/review/sentence';
import { planOf, policy, role, type Sample, type Samples } from './support/plan';

const ALICE = ['arn:aws:iam::123456789012:user/alice'];
const READ = 'path "secret/data/app" { capabilities = ["read"] }';
const WIDER = 'path "secret/data/app" { capabilities = ["read", "update"] }';
const DEV = role('dev', ALICE, ['app']);
const stays = (...samples: Sample[]) => ({ before: samples, after: samples });

function reviewed(plans: Readonly<Record<string, Samples>>) {
  const reviews = reviewPlans(
    Object.entries(plans).map(([name, samples]) => ({ name, plan: readPlan(planOf(samples), name) })),
  );
  return Object.fromEntries(
    reviews.map((review, index) => [
      Object.keys(plans)[index]!,
      { review, sentences: review.findings.map(({ sentence }) => plainText(sentence)) },
    ]),
  );
}

test('what a new role gives is told by the policy of another plan, and by which', () => {
  const { roles } = reviewed({
    roles: { before: [], after: [DEV] },
    policies: stays(policy('app', READ)),
  });

  expect(roles!.sentences).toEqual([
    `${ALICE[0]} gains read on secret/data/app through role dev (app from the plan policies, if both use the same Vault)`,
  ]);
});

test('who has a policy that another plan widens or narrows gains or loses by it', () => {
  const before = [policy('app', READ)];
  const after = [policy('app', WIDER)];

  const wider = reviewed({ roles: stays(DEV), policies: { before, after } });
  expect(wider.roles!.sentences).toEqual([
    `${ALICE[0]} gains update on secret/data/app through role dev (app from the plan policies, if both use the same Vault)`,
  ]);
  expect(wider.policies!.sentences).toEqual(['policy app allows update on secret/data/app']);
  const narrower = reviewed({ roles: stays(DEV), policies: { before: after, after: before } });
  expect(narrower.roles!.sentences).toEqual([
    `${ALICE[0]} loses update on secret/data/app through role dev (app from the plan policies, if both use the same Vault)`,
  ]);
});

test('a policy that stays as it is behind another one that changes is not named', () => {
  const both = role('dev', ALICE, ['app', 'base', 'own']);
  const own = policy('own', 'path "secret/data/own" { capabilities = ["read"] }');
  const { roles } = reviewed({
    roles: stays(both, own),
    app: { before: [], after: [policy('app', READ)] },
    base: stays(policy('base', 'path "secret/data/base" { capabilities = ["read"] }')),
  });

  expect(roles!.sentences).toEqual([
    `${ALICE[0]} gains read on secret/data/app through role dev (app from the plan app, if both use the same Vault)`,
  ]);
});

test("a plan's own policy counts, whatever others have by its name", () => {
  const { roles } = reviewed({
    roles: stays(DEV, policy('app', READ)),
    policies: { before: [policy('app', READ)], after: [policy('app', WIDER)] },
  });

  expect(roles!.sentences).toEqual([]);
});

test('of several plans that have it none is taken, and all are named', () => {
  const { roles } = reviewed({
    roles: { before: [], after: [DEV] },
    one: stays(policy('app', READ)),
    two: stays(policy('app', WIDER)),
  });

  expect(roles!.sentences).toEqual([`${ALICE[0]} gains what app gives (not shown here) through role dev`]);
  expect(roles!.review.differences).toMatchObject([
    {
      notShown: [{ policy: 'app', why: 'its text is not here, and several others have one: one, two' }],
      ofOthers: [],
    },
  ]);
});

test('a policy that moves to another plan with its text changes nothing for who has it', () => {
  const app = policy('app', READ);
  const { roles } = reviewed({
    roles: { before: [DEV, app], after: [DEV] },
    policies: { before: [], after: [app] },
  });

  expect(roles!.sentences).not.toContainEqual(expect.stringContaining(ALICE[0]!));
});

test('the picture draws its paths, and what becomes of it', () => {
  const { roles } = reviewed({
    roles: { before: [], after: [DEV] },
    policies: { before: [], after: [policy('app', READ)] },
  });

  const { nodes } = pictureOf(roles!.review);
  expect(nodes.filter(({ kind }) => kind === 'policy' || kind === 'path')).toEqual([
    { kind: 'policy', name: 'app', change: 'gained' },
    { kind: 'path', name: 'secret/data/app', change: 'gained' },
  ]);
});

test('a role that lets go of a policy, which the other plan deletes, loses what it gave', () => {
  const { roles } = reviewed({
    roles: { before: [DEV], after: [role('dev', ALICE, [])] },
    policies: { before: [policy('app', READ)], after: [] },
  });

  expect(roles!.sentences).toEqual([
    `${ALICE[0]} loses read on secret/data/app through role dev (app from the plan policies, if both use the same Vault)`,
  ]);
});

test('a principal that one plan replaces stops the logins by a role of another', () => {
  const user = { type: 'aws_iam_user', values: { name: 'alice', arn: ALICE[0] } };
  const { aws } = reviewed({
    aws: { before: [user], after: [{ ...user, replace: true }] },
    roles: stays(DEV, policy('app', READ)),
  });

  expect(aws!.sentences).toContain(
    `${ALICE[0]} is replaced and can no longer log in by dev, which no plan here writes again`,
  );
});
