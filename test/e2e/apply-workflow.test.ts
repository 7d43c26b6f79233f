import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { BOUND_CLAIMS, Checkout, COMMIT } from './support/checkout';
import type { WorkflowJob } from './support/workflow';

const WORKFLOW = readFileSync(join(__dirname, '../../examples/workflows/apply.yml'), 'utf8');

interface Sealed {
  readonly digest: string;
  readonly file: Buffer;
  readonly summary: string;
  readonly changes: string;
  readonly log: string;
}

let checkout: Checkout;
let key: string;
let reviewed: Sealed;
beforeAll(async () => {
  checkout = await Checkout.start();
  checkout.platform.main = COMMIT;
  await checkout.deploy();
  const command =
    'req -x509 -newkey rsa:3072 -nodes -days 3650 -subj /CN=plan -keyout plan.key -out .github/plan.crt';
  expect(WORKFLOW).toContain(`openssl ${command}`);
  await execa('openssl', command.split(' '), { cwd: checkout.path });
  key = readFileSync(join(checkout.path, 'plan.key'), 'utf8').trimEnd();
  rmSync(join(checkout.path, 'plan.key'));
  reviewed = await plan(true);
});
afterAll(() => checkout.stop());

async function mustRun(job: WorkflowJob, step: string, env: Record<string, string>): Promise<string> {
  const { exitCode, output } = await job.run(step, env);
  expect([exitCode, output]).toEqual([0, expect.anything()]);
  return output;
}

/** The job that plans. */
async function plan(proposed: boolean): Promise<Sealed> {
  const job = checkout.job('apply.yml', 'plan');
  const env = await checkout.logIn(job, 'plan', proposed);
  let log = '';
  for (const step of ['Synthesize', 'Plan', 'Review', 'Seal the plan']) {
    log += await mustRun(job, step, env);
  }
  const { digest, changes } = job.outputs;
  const file = readFileSync(join(checkout.path, 'plan.cms'));
  return { digest: digest!, changes: changes!, file, summary: job.summary, log };
}

/** The job that applies, with the artifact of the other, up to the plan. */
async function open({ file, digest }: Pick<Sealed, 'file' | 'digest'>, PLAN_KEY = key) {
  const job = checkout.job('apply.yml', 'apply', {
    'needs.plan.outputs.digest': digest,
    'secrets.PLAN_KEY': PLAN_KEY,
  });
  checkout.write('plan.cms', file);
  return { job, ...(await job.run('Open the plan that was reviewed', checkout.environment(false))) };
}

async function apply(sealed: Sealed) {
  const { job, exitCode, output } = await open(sealed);
  expect([exitCode, output]).toEqual([0, expect.anything()]);
  return job.run('Apply', await checkout.logIn(job, 'apply', false));
}

const policy = async () =>
  (await checkout.sandbox.vault<{ data: { policy: string } }>('GET', 'sys/policies/acl/read-app')).data
    .policy;

describe('the job that plans', () => {
  test('shows the review to who approves, and says that there is something to apply', () => {
    expect(reviewed.changes).toBe('true');
    expect(reviewed.summary).toMatch(/^## Plan review: [^]*gain/);
    const said = `${reviewed.summary}${reviewed.log}`;
    expect(said).not.toContain('Terraform will perform');
    expect(checkout.secrets().filter((secret) => said.includes(secret))).toEqual([]);
  });

  test('seals the plan: what is secret is in the folder, and not in what leaves it', async () => {
    const { exitCode } = await open(reviewed);
    expect(exitCode).toBe(0);
    expect(readdirSync(checkout.stackFolder).sort()).toEqual([
      '.terraform.lock.hcl',
      'assets',
      'cdk.tf.json',
      'plan',
    ]);
    // For no other user of the machine.
    expect(statSync(join(checkout.stackFolder, 'plan')).mode & 0o077).toBe(0);

    // A plan is a ZIP archive, whose texts are compressed: that it begins like one would give it away.
    expect(reviewed.file.includes('PK\x03\x04')).toBe(false);
    expect(readFileSync(join(checkout.stackFolder, 'plan')).includes('PK\x03\x04')).toBe(true);
  });
});

describe('the job that applies refuses', () => {
  test('a plan of a commit that main has left behind', async () => {
    const job = checkout.job('apply.yml', 'apply');
    const refuse = () => job.run('Refuse what main has left behind', checkout.environment(false));
    expect(await refuse()).toMatchObject({ exitCode: 0 });

    checkout.platform.main = 'another';
    const { exitCode, output } = await refuse();
    checkout.platform.main = COMMIT;
    expect([exitCode, output]).toEqual([1, expect.stringContaining('::error::main is at another')]);
  });

  test('another file than the one that was planned', async () => {
    const { exitCode, output } = await open({
      ...reviewed,
      file: Buffer.concat([reviewed.file, Buffer.from('x')]),
    });
    expect([exitCode, output]).toEqual([1, expect.stringContaining('plan.cms: FAILED')]);
  });

  test('a key that does not open it, and leaves none behind', async () => {
    const { exitCode } = await open(reviewed, 'no key');
    expect(exitCode).not.toBe(0);
    expect(readdirSync(checkout.path)).not.toContain('plan.key');
  });
});

// One after another: the second finds what the first has done.
describe('the job that applies', () => {
  test('applies the plan that was reviewed, whatever the checkout would synthesize', async () => {
    expect(await policy()).not.toContain('"secret/data/*"');
    const { exitCode, output } = await apply(reviewed);

    expect([exitCode, output]).toEqual([0, expect.stringContaining('Apply complete!')]);
    expect(await policy()).toContain('"secret/data/*"');
    expect(checkout.secrets().filter((secret) => output.includes(secret))).toEqual([]);
  });

  test('refuses that plan from then on, for the state has changed', async () => {
    const { exitCode, output } = await apply(reviewed);
    expect([exitCode, output]).toEqual([1, expect.stringContaining('Saved plan is stale')]);
  });

  test('is left out where a plan changes nothing', async () => {
    const { changes, summary } = await plan(true);
    expect(changes).toBe('false');
    expect(summary).toContain('no findings');
  });
});

test('the workflow’s comment binds the role to what was tried here', () => {
  const claims = JSON.stringify(BOUND_CLAIMS.apply).replaceAll('":"', '": "').replaceAll(',', ', ');
  expect(WORKFLOW).toContain(`"bound_claims": ${claims}`);
});
