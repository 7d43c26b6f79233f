import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { Checkout, COMMIT, OTHER_STACK, STACK } from './support/checkout';
import type { WorkflowJob } from './support/workflow';

const ROOT = join(__dirname, '../..');
const EXPRESSIONS = {
  'github.event.pull_request.number': '7',
  'github.event.pull_request.head.sha': COMMIT,
};

/** What differs from run to run. A rule more is no other example, either. */
const DIFFERENT: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-01-15T12:00:00Z'],
  [/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '00000000-0000-0000-0000-000000000000'],
  [/\b[AL]KIA[A-Z\d]{16}\b/g, 'AKIAIOSFODNN7EXAMPLE'],
  [/\["[a-z\d]{20}"\]/g, '["aidacksevenexample01"]'],
  [/\d+ rules/g, 'All rules'],
];

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.start();
  await checkout.deploy();
});
afterAll(() => checkout.stop());

const jobOf = () => checkout.job('review.yml', 'review', EXPRESSIONS);

async function mustRun(job: WorkflowJob, step: string, env: Record<string, string>): Promise<string> {
  const { exitCode, output } = await job.run(step, env);
  expect([exitCode, output]).toEqual([0, expect.anything()]);
  return output;
}

/** Runs the job up to its review. @returns what it printed, and how its review ended */
async function review(job: WorkflowJob, proposed: boolean, more: Record<string, string> = {}) {
  const env = { ...(await checkout.logIn(job, 'plan', proposed)), ...more };
  const printed = [await mustRun(job, 'Synthesize', env), await mustRun(job, 'Plan', env)];
  const { exitCode, output } = await job.run('Review', env);
  return { exitCode, printed: [...printed, output].join('\n') };
}

const comment = (job: WorkflowJob, more: Record<string, string> = {}) =>
  mustRun(job, 'Comment', { ...checkout.environment(true), ...more });

describe('the steps of review.yml, for a pull request that adds a group, rotates a key and widens a policy', () => {
  let job: WorkflowJob;
  let reviewed: Awaited<ReturnType<typeof review>>;
  beforeAll(async () => {
    job = jobOf();
    reviewed = await review(job, true, { FAIL_ON: 'high' });
    // The marker is no secret: somebody else writes it first.
    checkout.platform.comment(
      'mallory',
      `<!-- vault-aws-auth review of people -->\nPlan review: no findings`,
    );
    for (let count = 0; count < 120; count += 1) {
      checkout.platform.comment('alice', 'And what of this?');
    }
    await comment(job);
  });

  test('fail where something is at FAIL_ON or worse, and comment all the same', () => {
    expect(reviewed.exitCode).toBe(2);
    expect(checkout.platform.comments.at(-1)).toMatchObject({ author: 'github-actions[bot]' });
  });

  test('comment what docs/review-example.md shows', () => {
    const { body } = checkout.platform.comments.at(-1)!;

    const shown = DIFFERENT.reduce(
      (text, [pattern, instead]) => text.replaceAll(pattern, instead),
      body.replaceAll(checkout.sandbox.record.aws.endpoint, 'http://127.0.0.1:5000'),
    );
    const file = join(ROOT, 'docs/review-example.md');
    const documented = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // To have it written anew, delete it: the test fails, for somebody must look at it.
    if (documented === '') {
      writeFileSync(file, shown);
    }
    expect(shown).toBe(documented);
  });

  test('say nothing of what is secret, in the comment, the findings for the code, and the log', () => {
    const secrets = checkout.secrets();
    expect(secrets).toHaveLength(1);

    const said = [
      checkout.platform.comments.at(-1)!.body,
      readFileSync(join(checkout.path, 'review.sarif'), 'utf8'),
      reviewed.printed,
    ].join('\n');
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    expect(said).not.toContain('Terraform will perform');
  });

  test('find each finding again in review.sarif, at the stack', () => {
    const sarif = JSON.parse(readFileSync(join(checkout.path, 'review.sarif'), 'utf8')) as {
      runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
    };
    const uris = sarif.runs[0]!.results.map(
      ({ locations }) => locations[0]!.physicalLocation.artifactLocation.uri,
    );
    expect(new Set(uris)).toEqual(new Set(['cdk.out/stacks/people/cdk.tf.json']));
  });

  test('change that comment with the next push, and leave those of others', async () => {
    const before = checkout.platform.comments.map(({ body }) => body);
    const next = jobOf();
    const { exitCode } = await review(next, false, { FAIL_ON: 'high' });
    await comment(next);

    expect(exitCode).toBe(0);
    const after = checkout.platform.comments.map(({ body }) => body);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toContain('## Plan review: no findings');
  });

  test('pass where everything is below FAIL_ON', async () => {
    expect(await review(jobOf(), true, { FAIL_ON: 'critical' })).toMatchObject({ exitCode: 0 });
  });

  test('review several stacks together, in a comment of their own', async () => {
    const stacks = { STACKS: `${STACK} ${OTHER_STACK}` };
    const count = checkout.platform.comments.length;
    const next = jobOf();
    const { exitCode } = await review(next, false, { FAIL_ON: 'high', ...stacks });
    await comment(next, stacks);

    expect(exitCode).toBe(0);
    expect(checkout.platform.comments).toHaveLength(count + 1);
    expect(checkout.platform.comments.pop()!.body).toMatch(
      /^<!-- vault-aws-auth review of people audit -->\n## Plan review: [^]*`read-audit`[^]*Of `people audit` at/,
    );
  });

  test('say that nothing was reviewed where the plan fails, and fail', async () => {
    const next = jobOf();
    const env = await checkout.logIn(next, 'plan', true);
    await mustRun(next, 'Synthesize', env);
    const { exitCode } = await next.run('Plan', { ...env, AWS_SECRET_ACCESS_KEY: 'another' });
    await comment(next);

    expect(exitCode).toBe(1);
    expect(checkout.platform.comments.at(-1)!.body).toContain('nothing was reviewed, for the run failed');
    expect(checkout.platform.comments).toHaveLength(122);
  });
});

describe('a pull request of a fork', () => {
  interface Job {
    readonly if?: string;
    readonly permissions?: Readonly<Record<string, string>>;
  }
  const text = readFileSync(join(ROOT, 'examples/workflows/review.yml'), 'utf8');
  const { on, permissions, jobs } = load(text) as {
    on: string;
    permissions: object;
    jobs: Readonly<Record<string, Job>>;
  };

  test('gets no more than its own code and a token that reads', () => {
    // pull_request_target would run with the repository's secrets.
    expect([on, permissions]).toEqual(['pull_request', { contents: 'read' }]);
    const forForks = Object.entries(jobs).filter(
      ([, job]) => !job.if?.includes('github.event.pull_request.head.repo.full_name == github.repository &&'),
    );
    expect(forForks.map(([name, job]) => [name, job.permissions])).toEqual([['check', undefined]]);
    expect(text).not.toMatch(/\$\{\{[^}]*secrets/);
  });

  test('is checked and synthesized without any credentials', async () => {
    const job = checkout.job('review.yml', 'check');
    const inside = /^(?:ACTIONS_|VAULT_ADDR)/;
    const env = Object.fromEntries(
      Object.entries(checkout.environment(true)).filter(([name]) => !inside.test(name)),
    );

    await mustRun(job, 'Check', env);
    await mustRun(job, 'Synthesize', env);
    expect(existsSync(join(checkout.stackFolder, 'cdk.tf.json'))).toBe(true);
  });
});

test('no plan leaves the runner', () => {
  const text = readFileSync(join(ROOT, 'examples/workflows/review.yml'), 'utf8');
  expect(text).not.toMatch(/upload-artifact|actions\/cache|cache:(?! npm$)/m);
});
