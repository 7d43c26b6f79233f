import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { Checkout, COMMIT } from './support/checkout';
import { GitHub } from './support/github';
import { assumeRole } from './support/other-account';

interface Job {
  readonly rules?: readonly { readonly if: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
}

const TEXT = readFileSync(join(__dirname, '../../examples/workflows/gitlab-ci.yml'), 'utf8');
const { review, check } = load(TEXT) as { review: Job; check: Job };

/** What GitLab says of a job, and Vault's role is bound to. */
const CLAIMS = { project_path: 'example/vault-aws-auth' };

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.start();
  await checkout.deploy();
  const { sandbox, github } = checkout;
  await sandbox.vault('POST', 'sys/auth/gitlab', { type: 'jwt' });
  await sandbox.vault('POST', 'auth/gitlab/config', {
    jwt_validation_pubkeys: [github.publicKey],
    bound_issuer: GitHub.issuer,
  });
  await sandbox.vault('POST', 'auth/gitlab/role/vault-aws-auth-plan', {
    role_type: 'jwt',
    user_claim: 'project_path',
    bound_audiences: [review.id_tokens!.VAULT_ID_TOKEN!.aud],
    bound_claims: CLAIMS,
    token_policies: ['vault-aws-auth-plan'],
    token_no_default_policy: true,
    token_ttl: '15m',
    token_max_ttl: '15m',
  });
}, 240_000);
afterAll(() => checkout.stop());

/** Runs a job as GitLab's runner does: its script in one shell, what comes after it in another. */
async function run(proposed: boolean, more: Record<string, string> = {}) {
  checkout.clean();
  const { sandbox, github, platform } = checkout;
  const session = await assumeRole(sandbox, review.variables!.AWS_ROLE_ARN!.split('/')[1]!);
  const env = {
    ...review.variables,
    ...checkout.environment(proposed),
    VAULT_ID_TOKEN: github.sign({ ...CLAIMS, aud: review.id_tokens!.VAULT_ID_TOKEN!.aud }),
    AWS_ID_TOKEN: 'moto-takes-the-session-instead',
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    CI_API_V4_URL: platform.url,
    CI_PROJECT_ID: '1',
    CI_MERGE_REQUEST_IID: '7',
    CI_COMMIT_SHA: COMMIT,
    CI_JOB_URL: 'https://gitlab.example.com/example/vault-aws-auth/-/jobs/42',
    REVIEW_TOKEN: 'token-of-the-project',
    ...more,
  };
  const shell = (script: readonly string[]) =>
    execa('bash', ['-eo', 'pipefail', '-c', script.join('\n')], {
      cwd: checkout.path,
      env,
      extendEnv: false,
      all: true,
      reject: false,
    });
  const { exitCode, all } = await shell(review.script);
  const after = await shell(review.after_script!);
  expect([after.exitCode, after.all]).toEqual([0, '']);
  return { exitCode, printed: all };
}

// One after another: what a run finds is what the one before has written.
describe('gitlab-ci.yml', () => {
  test('reviews, fails at FAIL_ON or worse, and notes it all the same', async () => {
    const marker = '<!-- vault-aws-auth review of people -->';
    checkout.platform.comment('mallory', `${marker}\nPlan review: no findings`);
    for (let count = 0; count < 120; count += 1) {
      checkout.platform.comment('alice', 'And what of this?');
    }
    const { exitCode, printed } = await run(true, { FAIL_ON: 'high' });

    expect(exitCode).toBe(2);
    const { author, body } = checkout.platform.comments.at(-1)!;
    expect(author).toBe('project_1_bot');
    expect(body).toMatch(/^<!-- vault-aws-auth review of people -->\n## Plan review: [^]*`read-app`/);
    expect(checkout.secrets().filter((secret) => `${body}${printed}`.includes(secret))).toEqual([]);
  });

  test('changes that note with the next push, and leaves those of others', async () => {
    const before = checkout.platform.comments.map(({ body }) => body);
    const { exitCode, printed } = await run(false, { FAIL_ON: 'high' });

    expect([exitCode, printed]).toEqual([0, expect.anything()]);
    const after = checkout.platform.comments.map(({ body }) => body);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toContain('## Plan review: no findings');
  });

  test('notes that nothing was reviewed where Vault refuses the job', async () => {
    const { github } = checkout;
    const { aud } = review.id_tokens!.VAULT_ID_TOKEN!;
    const VAULT_ID_TOKEN = github.sign({ project_path: 'example/fork', aud });
    const { exitCode } = await run(true, { VAULT_ID_TOKEN });

    expect(exitCode).not.toBe(0);
    expect(checkout.platform.comments).toHaveLength(122);
    expect(checkout.platform.comments.at(-1)!.body).toContain('nothing was reviewed, for the job failed');
  });

  test('gives an identity to the project’s own merge requests alone', () => {
    expect(review.rules).toEqual([
      {
        if: '$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID && $GITLAB_USER_LOGIN !~ /^(project|group)_\\d+_bot/',
      },
    ]);
    expect(Object.keys(check)).toEqual(['script']);
    expect(TEXT).toContain(`"bound_claims": ${JSON.stringify(CLAIMS).replace('":"', '": "')}`);
  });
});
