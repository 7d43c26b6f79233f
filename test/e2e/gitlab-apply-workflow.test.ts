import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { Checkout, OTHER_STACK, STACK } from './support/checkout';
import { GITLAB_CLAIMS, startJob, trustGitLab } from './support/gitlab';
import { expand, type GitLabJob } from './support/gitlab-pipeline';

const TEXT = readFileSync(join(__dirname, '../../examples/workflows/gitlab-ci.yml'), 'utf8');

interface Sealed {
  readonly file: Buffer;
  readonly log: string;
  /** Of files that the job leaves. */
  readonly modes: Readonly<Record<string, string>>;
}

let jobs: Readonly<Record<'plan' | 'apply', GitLabJob>>;
let checkout: Checkout;
let repository: string;
let commit: string;
let keyFile: string;
let reviewed: Sealed;
beforeAll(async () => {
  ({ jobs } = await expand<'plan' | 'apply'>(TEXT));
  checkout = await Checkout.start();
  await checkout.deploy();
  await trustGitLab(checkout, jobs.apply.id_tokens.VAULT_ID_TOKEN.aud);

  repository = join(checkout.path, '../repository');
  await execa('git', ['init', '--quiet', '--initial-branch', 'main', repository]);
  commit = await push();

  const command =
    'req -x509 -newkey rsa:3072 -nodes -days 3650 -subj /CN=plan -keyout plan.key -out .gitlab/plan.crt';
  expect(TEXT).toContain(`openssl ${command}`);
  mkdirSync(join(checkout.path, '.gitlab'));
  await execa('openssl', command.split(' '), { cwd: checkout.path });
  keyFile = join(checkout.path, 'plan.key');
  reviewed = await plan(true);
});
afterAll(() => checkout.stop());

/** Pushes a commit to main. */
async function push(): Promise<string> {
  const author = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  const options = { cwd: repository };
  await execa('git', [...author, 'commit', '--quiet', '--allow-empty', '--message', 'A change'], options);
  return (await execa('git', ['rev-parse', 'HEAD'], options)).stdout;
}

/** The job that plans. */
async function plan(proposed: boolean): Promise<Sealed> {
  checkout.clean();
  const shell = await startJob({
    checkout,
    job: jobs.plan,
    claims: GITLAB_CLAIMS.plan,
    proposed,
    // What is reviewed under a merge request; here the one that is applied is planned.
    env: { STACKS: `${OTHER_STACK} ${STACK}` },
  });
  const { exitCode, printed } = await shell(jobs.plan.script);
  expect([exitCode, printed]).toEqual([0, expect.anything()]);
  expect(jobs.plan.artifacts!.paths).toEqual(['plan.cms']);
  return {
    file: readFileSync(join(checkout.path, 'plan.cms')),
    log: printed,
    modes: Object.fromEntries(
      ['plan.cms', '.aws-id-token', 'cdk.out/stacks/people/plan'].map((path) => [
        path,
        mode(checkout.path, path),
      ]),
    ),
  };
}

function mode(folder: string, path: string): string {
  return (statSync(join(folder, path)).mode & 0o777).toString(8);
}

/** The job that applies, in a folder with the artifact and nothing else. */
async function apply({ file }: Pick<Sealed, 'file'>, { key = keyFile, claims = GITLAB_CLAIMS.apply } = {}) {
  const cwd = mkdtempSync(join(checkout.path, '../apply-'));
  writeFileSync(join(cwd, 'plan.cms'), file);
  // The state is not in the repository; here it is found beside it.
  symlinkSync(join(checkout.path, 'state'), join(cwd, 'state'));
  const shell = await startJob({
    checkout,
    job: jobs.apply,
    claims,
    cwd,
    proposed: false,
    env: {
      CI_REPOSITORY_URL: repository,
      CI_COMMIT_BRANCH: 'main',
      CI_COMMIT_SHA: commit,
      PLAN_KEY: key,
    },
  });
  const ran = await shell([...jobs.apply.before_script, ...jobs.apply.script]);
  const left = readdirSync(cwd, { recursive: true, encoding: 'utf8' });
  const readable = left.filter(
    (path) => /(?:^|\/)(?:plan|\.aws-id-token)$/.test(path) && mode(cwd, path) !== '600',
  );
  expect(readable).toEqual([]);
  rmSync(cwd, { recursive: true });
  return { ...ran, left };
}

const policy = async () =>
  (await checkout.sandbox.vault<{ data: { policy: string } }>('GET', 'sys/policies/acl/read-app')).data
    .policy;

describe('the job that plans', () => {
  test('shows in its log who gains what, to who starts the job that applies', () => {
    expect(reviewed.log).toMatch(/Plan review: [^]*gain/);
    expect(existsSync(join(checkout.path, 'cdk.out/stacks', OTHER_STACK, 'plan'))).toBe(false);
    expect(reviewed.log).not.toContain('Terraform will perform');
    expect(checkout.secrets().filter((secret) => reviewed.log.includes(secret))).toEqual([]);
  });

  test('keeps what is secret from other users of the runner', () => {
    expect(reviewed.modes).toEqual({
      'plan.cms': '644',
      '.aws-id-token': '600',
      'cdk.out/stacks/people/plan': '600',
    });
  });

  test('seals the plan', async () => {
    const open = ['cms', '-decrypt', '-inform', 'DER', '-inkey', keyFile];
    const { stdout } = await execa('openssl', open, { input: reviewed.file, encoding: 'buffer' });

    // A plan is a ZIP archive, whose texts are compressed: that it begins like one would give it away.
    expect(Buffer.from(stdout).includes('PK\x03\x04')).toBe(true);
    expect(reviewed.file.includes('PK\x03\x04')).toBe(false);
  });
});

describe('the job that applies refuses', () => {
  afterEach(async () => expect(await policy()).not.toContain('"secret/data/*"'));

  test('a job that is not of the environment', async () => {
    const { environment, ...claims } = GITLAB_CLAIMS.apply;
    expect(environment).toBe('production');
    const { exitCode, printed } = await apply(reviewed, { claims });

    expect(exitCode).not.toBe(0);
    expect(printed).toContain('error: 400');
  });

  test('a key that does not open the plan', async () => {
    const key = join(checkout.path, 'another.key');
    await execa('openssl', ['genrsa', '-out', key, '3072']);
    const { exitCode, left } = await apply(reviewed, { key });

    expect(exitCode).not.toBe(0);
    expect(left).not.toContain(join('cdk.out/stacks/people', 'plan'));
  });

  test('a plan of a commit that main has left behind', async () => {
    const [planned, newer] = [commit, await push()];
    const { exitCode, printed } = await apply(reviewed);
    commit = newer;

    expect([exitCode, printed]).toEqual([
      1,
      `main is at ${newer}, and this plan is of ${planned}: start apply in the newer pipeline.`,
    ]);
  });
});

// One after another: the second finds what the first has done.
describe('the job that applies', () => {
  test('applies the plan that was reviewed, without the repository', async () => {
    expect(jobs.apply).toMatchObject({ before_script: [], variables: { GIT_STRATEGY: 'empty' } });
    const { exitCode, printed } = await apply(reviewed);

    expect([exitCode, printed]).toEqual([0, expect.stringContaining('Apply complete!')]);
    expect(await policy()).toContain('"secret/data/*"');
    expect(checkout.secrets().filter((secret) => printed.includes(secret))).toEqual([]);
  });

  test('refuses that plan from then on, for the state has changed', async () => {
    const { exitCode, printed } = await apply(reviewed);
    expect([exitCode, printed]).toEqual([1, expect.stringContaining('Saved plan is stale')]);
  });
});

test('the comment binds the roles to what was tried here, and AWS to an audience of this job alone', () => {
  const comment = TEXT.replaceAll(/\n# */g, ' ');
  for (const claims of Object.values(GITLAB_CLAIMS)) {
    const pairs = Object.entries(claims).map(([name, value]) => `"${name}": "${value}"`);
    expect(comment).toContain(`"bound_claims": {${pairs.join(', ')}}`);
  }
  const [ofPlan, ofApply] = [jobs.plan, jobs.apply].map(({ id_tokens }) => id_tokens.AWS_ID_TOKEN.aud);
  expect(ofPlan).not.toBe(ofApply);
  expect(comment).toContain(
    `vault-aws-auth-plan: aud = ${ofPlan}, sub = project_path:example/vault-aws-auth:*.`,
  );
  expect(comment).toContain(`vault-aws-auth-apply: aud = ${ofApply}, sub = `);
});
