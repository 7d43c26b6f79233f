import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { callVault, VaultError } from '../../../lib/vault-api/vault-client';
import { agentFiles, readAgent } from '../../../sandbox/agent/agent-record';
import type { AgentEvent } from '../../../sandbox/agent/watch-agent';
import { SandboxFolder } from '../../../sandbox/sandbox-folder';
import { isRunning } from '../../../sandbox/servers/server-process';

const folder = new SandboxFolder(join(mkdtempSync(join(tmpdir(), 'sandbox-agent-')), 'sandbox'));
const files = agentFiles(folder);

/** Starts `npm run sandbox -- ARGS` without npm, which would end by a signal itself and hide the exit code. */
function sandbox(...args: string[]) {
  let printed = '';
  const run = execa(process.execPath, ['--import', 'tsx', 'bin/sandbox.ts', ...args], {
    // A person's own Vault and profile are none of its business.
    env: { VAULT_AWS_AUTH_SANDBOX: folder.path, VAULT_ADDR: 'http://127.0.0.1:9', AWS_PROFILE: 'my-own' },
    all: true,
    reject: false,
    stdin: 'ignore',
    // A process group of its own, as on a terminal.
    detached: true,
  });
  run.all.on('data', (text: Buffer) => (printed += text.toString()));
  return {
    /** Waits until it has printed this. */
    prints: async (pattern: RegExp) => {
      for (const start = Date.now(); !pattern.test(printed) && Date.now() - start < 60_000;) {
        await sleep(100);
      }
      expect(printed).toMatch(pattern);
    },
    /** As a terminal does at Ctrl-C: to all of its processes. */
    interrupt: () => process.kill(-run.pid!, 'SIGINT'),
    /** Its exit code and all that it printed. */
    ends: async () => ({ exitCode: (await run).exitCode, printed }),
  };
}

const vault = (method: 'GET' | 'POST', path: string, body?: object) => {
  const { address: vaultAddress, token } = folder.read()!.vault;
  return callVault({ vaultAddress }, { method, path, body, token }) as Promise<{ data: { keys: string[] } }>;
};
const accessors = async () => (await vault('GET', 'auth/token/accessors?list=true')).data.keys.sort();

afterAll(async () => {
  await sandbox('down').ends();
  rmSync(dirname(folder.path), { recursive: true });
});

test('without a sandbox it says how to start one', async () => {
  const { exitCode, printed } = await sandbox('agent').ends();

  expect(exitCode).toBe(1);
  expect(printed.trim()).toBe('No sandbox runs here. Start it with `npm run sandbox`.');
});

test('a TTL falls and is renewed until Ctrl-C, after which nothing is left', async () => {
  expect((await sandbox().ends()).exitCode).toBe(0);
  const before = await accessors();

  const agent = sandbox('agent', '--ttl', '10', '--json');
  await agent.prints(/"event":"renewal".*"renewals":2/);
  const { agent: process } = readAgent(folder)!;
  const token = readFileSync(files.token, 'utf8');
  expect(statSync(files.token).mode & 0o777).toBe(0o600);
  const written = readFileSync(files.config, 'utf8') + readFileSync(files.log, 'utf8');
  agent.interrupt();
  const { exitCode, printed } = await agent.ends();

  expect(exitCode).toBe(0);
  const events = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AgentEvent);
  expect(events.filter(({ event }) => event === 'login')).toHaveLength(1);
  const ttls = events.flatMap((event) => (event.event === 'ttl' ? [event.ttl] : []));
  expect(Math.max(...ttls)).toBeLessThanOrEqual(10);
  expect(ttls.some((ttl, index) => index > 0 && ttl < ttls[index - 1]!)).toBe(true);

  const secretAccessKey = testUserSecret();
  for (const secret of [token, secretAccessKey]) {
    expect(printed).not.toContain(secret);
    expect(written).not.toContain(secret);
  }
  expect(await isRunning(process)).toBe(false);
  expect(existsSync(files.folder)).toBe(false);
  await expect(vault('POST', 'auth/token/lookup', { token })).rejects.toThrow(VaultError);
  expect(await accessors()).toEqual(before);
  expect((await vault('GET', 'auth/aws_test/role?list=true')).data.keys).toEqual(['dev_role']);
});

test('one that nobody reads any more ends, and nothing is left', async () => {
  const { exitCode, stdout, stderr } = await execa(
    'bash',
    [
      '-o',
      'pipefail',
      '-c',
      `${process.execPath} --import tsx bin/sandbox.ts agent --ttl 10 --json | head -n 1`,
    ],
    { env: { VAULT_AWS_AUTH_SANDBOX: folder.path }, reject: false, timeout: 60_000 },
  );

  expect([exitCode, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ event: expect.any(String) as string });
  expect(existsSync(files.folder)).toBe(false);
});

test('status knows of it, a second one is refused, and down ends it', async () => {
  const agent = sandbox('agent', '--ttl', '0');
  await agent.prints(/logged in, TTL 3\d\d\d s/);
  const { agent: process } = readAgent(folder)!;

  const status = await sandbox('status', '--json').ends();
  expect(JSON.parse(status.printed)).toMatchObject({
    agent: { running: true, pid: process.pid, tokenFile: files.token },
  });
  const second = await sandbox('agent').ends();
  expect(second).toMatchObject({
    exitCode: 1,
    printed: expect.stringContaining('An agent of this sandbox runs already') as string,
  });
  expect(await isRunning(process)).toBe(true);

  const [down, shown] = await Promise.all([sandbox('down').ends(), agent.ends()]);

  expect(down).toMatchObject({
    exitCode: 0,
    printed: expect.stringContaining('Nothing is left of the sandbox.') as string,
  });
  expect(shown).toMatchObject({
    exitCode: 0,
    printed: expect.stringContaining('the sandbox is taken down, and the agent with it') as string,
  });
  expect(await isRunning(process)).toBe(false);
  expect(existsSync(folder.path)).toBe(false);
});

/** The second half of the test user's key, from the state. */
function testUserSecret(): string {
  const state = JSON.parse(readFileSync(join(folder.path, 'state/vault-aws-auth.tfstate'), 'utf8')) as {
    outputs: Record<string, { value: string }>;
  };
  return state.outputs.test_user_secret_access_key!.value;
}
