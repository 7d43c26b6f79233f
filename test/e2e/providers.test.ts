import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shellProgram } from '../sandbox/parts/support/shell-program';
import { Providers } from './support/providers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'providers-'));
  stack({ vault: [{}], aws: [{}] });
});
afterEach(() => rmSync(folder, { recursive: true }));

const env = { PATH: process.env.PATH };

function stack(provider: Record<string, unknown>): void {
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ provider }));
}

/** Lays a provider as init does. */
function provider(type: string, ...lines: string[]): void {
  const path = join(
    folder,
    '.terraform/providers/registry.terraform.io/hashicorp',
    type,
    '1.0.0/linux_amd64',
  );
  mkdirSync(path, { recursive: true });
  shellProgram(join(path, `terraform-provider-${type}_v1.0.0`), ...lines);
}

const listening = (type: string, address: string) => [
  `echo $$ > '${join(folder, type)}'`,
  `echo "$TMPDIR" > '${join(folder, 'sockets')}'`,
  `echo "TF_REATTACH_PROVIDERS='{\\"${address}\\":{\\"Pid\\":1}}'"`,
  'exec sleep 600',
];

const pidOf = (type: string) => Number(readFileSync(join(folder, type), 'utf8'));
const runs = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a command is led to providers of its own, which end with it', async () => {
  provider('vault', ...listening('vault', 'hashicorp/vault'));
  provider('aws', ...listening('aws', 'registry.terraform.io/hashicorp/aws'));
  const providers = (await Providers.startFor(folder, env))!;

  expect(JSON.parse(providers.env.TF_REATTACH_PROVIDERS!)).toEqual({
    'hashicorp/vault': { Pid: 1 },
    'hashicorp/aws': { Pid: 1 },
  });
  const pids = [pidOf('vault'), pidOf('aws')];
  expect(pids.map(runs)).toEqual([true, true]);
  const sockets = readFileSync(join(folder, 'sockets'), 'utf8').trim();
  expect(dirname(sockets)).toBe(tmpdir());

  await providers.stop();

  expect(pids.map(runs)).toEqual([false, false]);
  expect(existsSync(sockets)).toBe(false);
});

test('if one does not start, that is an error with what it printed, and the other ends', async () => {
  provider('vault', ...listening('vault', 'hashicorp/vault'));
  provider(
    'aws',
    `until [ -s '${join(folder, 'vault')}' ]; do sleep 0.05; done`,
    'echo "no such flag" >&2',
    'exit 1',
  );

  await expect(Providers.startFor(folder, env)).rejects.toThrow(
    /terraform-provider-aws_v1\.0\.0 did not start:\nno such flag/,
  );
  expect(runs(pidOf('vault'))).toBe(false);
});

test.each([
  ['two configurations of a provider', { vault: [{}, { alias: 'other' }] }],
  ['no provider that init has laid', { vault: [{}] }],
])('a stack with %s starts them itself', async (what, configuration) => {
  stack(configuration);
  if (what.startsWith('two')) {
    provider('vault', ...listening('vault', 'hashicorp/vault'));
  }

  expect(await Providers.startFor(folder, env)).toBeUndefined();
});
