import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { sandboxEnvironment } from '../sandbox/environment';
import { getParts } from '../sandbox/parts';
import { SandboxFolder } from '../sandbox/sandbox-folder';
import { stopServers } from '../sandbox/running';
import { startServers } from '../sandbox/servers/start';
import { median, seconds } from './measure';
import type { Row } from './table';

const ROLES = 5_000;
const POLICIES = 5_000;
const RUNS = 3;

/** The time to review a plan with 10,000 changes of roles and policies, over the time in which Terraform prints it. */
export async function benchReview(): Promise<Row[]> {
  const parent = mkdtempSync(join(tmpdir(), 'bench-'));
  const folder = new SandboxFolder(join(parent, 'sandbox'));
  const record = await startServers(folder, await getParts());
  try {
    const options = { cwd: parent, env: sandboxEnvironment(folder, record) };
    const terraform = record.parts.terraform.path;
    writeFileSync(join(parent, 'main.tf.json'), JSON.stringify(configuration()));
    await seconds(terraform, ['init'], options);
    await seconds(terraform, ['plan', '-out=plan'], options);
    const printed = join(parent, 'plan.json');
    const print = await median(RUNS, () =>
      timed(() =>
        execa(terraform, ['show', '-json', 'plan'], {
          ...options,
          extendEnv: false,
          stdout: { file: printed },
        }),
      ),
    );
    let megabytes = 0;
    const review = await median(RUNS, () =>
      timed(async () => {
        megabytes = Math.max(megabytes, await reviewOnce(printed));
      }),
    );
    const what = `review of ${(ROLES + POLICIES).toLocaleString('en')} changes`;
    return [
      {
        what: `${what}, over terraform show -json of the plan`,
        measured: `${review.toFixed(1)} s / ${print.toFixed(1)} s`,
        value: review / print,
        atMost: 1,
      },
      {
        what: `${what}, peak memory over 512 MB`,
        measured: `${megabytes.toFixed(0)} MB`,
        value: megabytes / 512,
        atMost: 1,
      },
    ];
  } finally {
    await stopServers(folder, record);
    rmSync(parent, { recursive: true });
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

/** Runs the command, as a pipeline does. @returns its peak memory in MB */
async function reviewOnce(printed: string): Promise<number> {
  const report = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))`;
  const { stderr } = await execa(process.execPath, [
    ...['--import', `data:text/javascript,${encodeURIComponent(report)}`, '--import', 'tsx'],
    ...[resolve('bin/vault-aws-auth.ts'), 'review', printed, '--format', 'markdown'],
  ]);
  return Number(/peak (\d+)/.exec(stderr)![1]) / 1024;
}

function configuration(): object {
  const policies = Array.from({ length: POLICIES }, (_, index) => [
    `policy_${index}`,
    {
      name: `policy_${index}`,
      policy: `path "secret/data/team_${index}/*" {\n  capabilities = ["read", "list"]\n}\n`,
    },
  ]);
  const roles = Array.from({ length: ROLES }, (_, index) => [
    `role_${index}`,
    {
      backend: 'aws',
      role: `role_${index}`,
      auth_type: 'iam',
      bound_iam_principal_arns: [`arn:aws:iam::123456789012:role/team_${index}`],
      token_policies: [`policy_${index}`],
    },
  ]);
  return {
    terraform: { required_providers: { vault: { source: 'hashicorp/vault' } } },
    resource: {
      vault_policy: Object.fromEntries(policies) as object,
      vault_aws_auth_backend_role: Object.fromEntries(roles) as object,
    },
  };
}
