import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checkout, COMMIT, OTHER_STACK, STACK } from './support/checkout';
import { GITLAB_CLAIMS, startJob, trustGitLab } from './support/gitlab';
import { expand, type GitLabJob, jobsOf } from './support/gitlab-pipeline';

const TEXT = readFileSync(join(__dirname, '../../examples/workflows/gitlab-ci.yml'), 'utf8');

let review: GitLabJob;
let variables: Readonly<Record<string, string>>;
let checkout: Checkout;
beforeAll(async () => {
  const pipeline = await expand<'review'>(TEXT);
  review = pipeline.jobs.review;
  variables = pipeline.variables;
  checkout = await Checkout.start();
  await checkout.deploy();
  await trustGitLab(checkout, review.id_tokens.VAULT_ID_TOKEN.aud);
});
afterAll(() => checkout.stop());

/** Runs the job that reviews. */
async function run(proposed: boolean, claims = GITLAB_CLAIMS.plan, stacks = STACK) {
  checkout.clean();
  const shell = await startJob({
    checkout,
    job: review,
    claims,
    proposed,
    env: {
      STACKS: stacks,
      FAIL_ON: 'high',
      CI_API_V4_URL: checkout.platform.url,
      CI_PROJECT_ID: '1',
      CI_MERGE_REQUEST_IID: '7',
      CI_COMMIT_SHA: COMMIT,
      CI_JOB_URL: 'https://gitlab.example.com/example/vault-aws-auth/-/jobs/42',
      REVIEW_TOKEN: 'token-of-the-project',
    },
  });
  const ran = await shell(review.script);
  expect(await shell(review.after_script!)).toEqual({ exitCode: 0, printed: '' });
  return ran;
}

// One after another: what a run finds is what the one before has written.
describe('the job that reviews', () => {
  test('reviews, fails at FAIL_ON or worse, and notes it all the same', async () => {
    const marker = '<!-- vault-aws-auth review of people -->';
    checkout.platform.comment('mallory', `${marker}\nPlan review: no findings`);
    for (let count = 0; count < 120; count += 1) {
      checkout.platform.comment('alice', 'And what of this?');
    }
    const { exitCode, printed } = await run(true);

    expect(exitCode).toBe(2);
    const { author, body } = checkout.platform.comments.at(-1)!;
    expect(author).toBe('project_1_bot');
    expect(body).toMatch(/^<!-- vault-aws-auth review of people -->\n## Plan review: [^]*`read-app`/);
    expect(printed).not.toContain('Terraform will perform');
    expect(checkout.secrets().filter((secret) => `${body}${printed}`.includes(secret))).toEqual([]);
  });

  test('changes that note with the next push, and leaves those of others', async () => {
    const before = checkout.platform.comments.map(({ body }) => body);
    const { exitCode, printed } = await run(false);

    expect([exitCode, printed]).toEqual([0, expect.anything()]);
    const after = checkout.platform.comments.map(({ body }) => body);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toContain('## Plan review: no findings');
  });

  test('notes that nothing was reviewed where Vault refuses the job', async () => {
    const { exitCode } = await run(true, { project_path: 'example/fork' });

    expect(exitCode).not.toBe(0);
    expect(checkout.platform.comments).toHaveLength(122);
    expect(checkout.platform.comments.at(-1)!.body).toContain('nothing was reviewed, for the job failed');
  });

  test('reviews several stacks together, in a note of their own', async () => {
    const { exitCode } = await run(false, GITLAB_CLAIMS.plan, `${STACK} ${OTHER_STACK}`);

    expect(exitCode).toBe(0);
    expect(checkout.platform.comments).toHaveLength(123);
    expect(checkout.platform.comments.at(-1)!.body).toMatch(
      /^<!-- vault-aws-auth review of people audit -->\n## Plan review: [^]*`read-audit`[^]*Of `people audit` at/,
    );
  });

  test('keeps the plan on the runner', () => {
    expect(review).not.toHaveProperty('artifacts');
    expect(review).not.toHaveProperty('cache');
  });
});

describe('a pipeline', () => {
  const ofMergeRequest = {
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_PROJECT_ID: '1',
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '1',
    GITLAB_USER_LOGIN: 'alice',
  };
  const ofPush = { CI_PIPELINE_SOURCE: 'push', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'main' };

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['of a merge request reviews', ofMergeRequest, { check: 'on_success', review: 'on_success' }],
    [
      'of a fork’s merge request gets no identity',
      { ...ofMergeRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '2' },
      { check: 'on_success' },
    ],
    [
      'that a project’s access token started gets none',
      { ...ofMergeRequest, GITLAB_USER_LOGIN: 'project_1_bot_0f1e2d3c4b5a' },
      { check: 'on_success' },
    ],
    [
      'that a group’s access token started gets none',
      { ...ofMergeRequest, GITLAB_USER_LOGIN: 'group_2_bot_0f1e2d3c4b5a' },
      { check: 'on_success' },
    ],
    [
      'of main plans, and applies where somebody says so',
      ofPush,
      { check: 'on_success', plan: 'on_success', apply: 'manual' },
    ],
    [
      'of another branch, were there one, does neither',
      { ...ofPush, CI_COMMIT_BRANCH: 'feature' },
      { check: 'on_success' },
    ],
  ])('%s', async (_, predefined, expected) => {
    expect(await jobsOf(TEXT, predefined)).toEqual(expected);
  });

  test('has what GitLab’s schema knows, and no more', async () => {
    expect(Object.keys(variables)).toEqual(['STACKS', 'STACK', 'FAIL_ON', 'VAULT_ADDR', 'AWS_REGION']);
    const misspelt = TEXT.replace('interruptible:', 'interruptable:');
    await expect(expand(misspelt)).rejects.toThrow("'interruptable' property is not expected to be here");
  });
});
