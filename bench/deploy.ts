import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdktfArguments } from '../sandbox/cdktf';
import { sandboxEnvironment } from '../sandbox/environment';
import { getParts } from '../sandbox/parts';
import { SandboxFolder } from '../sandbox/sandbox-folder';
import { stopServers } from '../sandbox/running';
import { startServers } from '../sandbox/servers/start';
import { seconds } from './measure';
import type { Row } from './table';

const RUNS = 3;

interface Times {
  readonly deploy: number;
  readonly synth: number;
  readonly init: number;
  readonly apply: number;
}

/**
 * `cdktf deploy` of the guide over `terraform init` and `apply` of the same, written by hand. Both on fresh servers.
 */
export async function benchDeploy(): Promise<Row[]> {
  const times: Times[] = [];
  for (let run = 0; run < RUNS; run++) {
    times.push(await once());
  }
  const middle = (part: keyof Times) =>
    times.map((time) => time[part]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
  const [deploy, synth, init, apply] = (['deploy', 'synth', 'init', 'apply'] as const).map(middle) as [
    number,
    number,
    number,
    number,
  ];
  const cli = deploy - synth - init - apply;
  const show = (seconds: number) => `${seconds.toFixed(1)} s`;
  return [
    {
      what: 'cdktf deploy of the guide over terraform init and apply by hand',
      measured: `${show(deploy)} / ${show(init + apply)}`,
      value: deploy / (init + apply),
    },
    {
      what: 'of that: synth with its process over the deploy',
      measured: `${show(synth)} / ${show(deploy)}`,
      value: synth / deploy,
    },
    {
      what: "of that: the rest, which is cdktf's own CLI, over the deploy",
      measured: `${show(cli)} / ${show(deploy)}`,
      value: cli / deploy,
    },
  ];
}

async function once(): Promise<Times> {
  const parent = mkdtempSync(join(tmpdir(), 'bench-'));
  const folder = new SandboxFolder(join(parent, 'sandbox'));
  const record = await startServers(folder, await getParts());
  const env = sandboxEnvironment(folder, record);
  try {
    const cdktf = ['--auto-approve', '--skip-provider-lock', ...cdktfArguments(folder)];
    const deploy = await seconds('cdktf', ['deploy', 'vault-aws-auth', ...cdktf], { env });
    await seconds('cdktf', ['destroy', 'vault-aws-auth', ...cdktf], { env });
    const synth = await seconds(process.execPath, ['--import', 'tsx', 'bin/sandbox-app.ts'], {
      env: { ...env, CDKTF_OUTDIR: join(parent, 'cdk.out') },
    });

    const cwd = mkdtempSync(join(parent, 'by-hand-'));
    copyFileSync(join(import.meta.dirname, 'guide.tf'), join(cwd, 'guide.tf'));
    const terraform = (...args: string[]) =>
      seconds(record.parts.terraform.path, args, {
        cwd,
        env: { ...env, TF_VAR_aws_endpoint: record.aws.endpoint },
      });
    const init = await terraform('init');
    const apply = await terraform('apply', '-auto-approve');
    return { deploy, synth, init, apply };
  } finally {
    await stopServers(folder, record);
    rmSync(parent, { recursive: true });
  }
}
