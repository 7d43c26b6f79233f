import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdktfArguments } from '../lib/sandbox/cdktf';
import { sandboxEnvironment } from '../lib/sandbox/environment';
import { getParts } from '../lib/sandbox/parts';
import { SandboxFolder } from '../lib/sandbox/sandbox-folder';
import { stopServers } from '../lib/sandbox/servers';
import { startServers } from '../lib/sandbox/servers/start';
import { seconds } from './measure';
import type { Row } from './table';

const RUNS = 3;

interface Times {
  readonly deploy: number;
  readonly synth: number;
  readonly cli: number;
  readonly init: number;
  readonly apply: number;
}

/** `cdktf deploy` of the guide over `terraform init` and `apply` of the same written by hand, each on fresh servers. */
export async function benchDeploy(): Promise<Row[]> {
  const times: Times[] = [];
  for (let run = 0; run < RUNS; run++) {
    times.push(await once());
  }
  const middle = (part: keyof Times) =>
    times.map((time) => time[part]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
  const byHand = middle('init') + middle('apply');
  const parts = byHand + middle('synth') + middle('cli');
  const show = (part: keyof Times) => `${middle(part).toFixed(1)} s`;
  return [
    {
      what: 'cdktf deploy of the guide over terraform init and apply by hand',
      measured: `${show('deploy')} / ${byHand.toFixed(1)} s`,
      value: middle('deploy') / byHand,
    },
    {
      what: 'the same over its parts: init, apply, our synth, the start of cdktf',
      measured: `${show('deploy')} / ${show('init')} + ${show('apply')} + ${show('synth')} + ${show('cli')}`,
      value: middle('deploy') / parts,
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
    const cli = await seconds('cdktf', ['--version'], { env });

    const cwd = mkdtempSync(join(parent, 'by-hand-'));
    copyFileSync(join(import.meta.dirname, 'guide.tf'), join(cwd, 'guide.tf'));
    const terraform = (...args: string[]) =>
      seconds(record.parts.terraform.path, args, {
        cwd,
        env: { ...env, TF_VAR_aws_endpoint: record.aws.endpoint },
      });
    const init = await terraform('init');
    const apply = await terraform('apply', '-auto-approve');
    return { deploy, synth, cli, init, apply };
  } finally {
    await stopServers(folder, record);
    rmSync(parent, { recursive: true });
  }
}
