import { diagnose } from '../../../lib/operate/verify/diagnose';
import type { AccessKey } from '../../../sandbox/servers';
import { agentWithKey } from '../support/agent/agent-with-key';
import { refusalsIn, timesOf } from '../support/agent/agent-log';
import { LastingVault } from '../support/agent/lasting-vault';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const LOGGED_IN = /authentication successful/;
const ATTEMPT = /agent\.auth\.handler: authenticating/;
const SEALED = /Vault is sealed/;
const BACKOFF = /backoff=(\S+)/g;
const MIN_BACKOFF = 1;
const MAX_BACKOFF = 4;

let sandbox: TestSandbox;
let vault: LastingVault;
let key: AccessKey;
const agents: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  vault = await LastingVault.start(sandbox.record.parts.vault.path);
  key = await sandbox.createUser('app');
  const { url, region } = sandbox.awsEndpoints.sts!;
  await vault.ask('POST', 'sys/auth/aws', { type: 'aws' });
  await vault.ask('POST', 'auth/aws/config/client', { sts_endpoint: url, sts_region: region });
  await vault.ask('POST', 'auth/aws/role/app', {
    auth_type: 'iam',
    bound_iam_principal_arn: `arn:aws:iam::${ACCOUNT}:user/app`,
    // Its principal is not looked up in AWS: this Vault has no credentials of its own.
    resolve_aws_unique_ids: false,
    token_ttl: '9s',
  });
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  await vault.remove();
  await sandbox.stop();
});

const run = (exitOnErr?: boolean): Agent => {
  const method = { mountPath: 'auth/aws', role: 'app', minBackoff: MIN_BACKOFF, maxBackoff: MAX_BACKOFF };
  const agent = startAgent(sandbox, {
    config: (folder) =>
      agentWithKey({
        vaultAddress: vault.address,
        key,
        method: { ...method, exitOnErr },
        sinks: [{ path: `${folder}/token` }],
      }),
  });
  agents.push(agent);
  return agent;
};

const causesIn = ({ log }: Agent): string[] => {
  const login = { vaultAddress: vault.address, mountPath: 'aws', role: 'app', policies: [] };
  return [...new Set(refusalsIn(log).map((refusal) => diagnose(refusal, login).cause))];
};

/** The agent has a token that Vault takes, other than this one. */
const expectRecovery = async (agent: Agent, logins: number, dead: string) => {
  await agent.waitForLog(LOGGED_IN, { times: logins, timeoutMs: 60_000 });
  const token = await agent.waitForToken('token', dead);
  await expect(vault.ask('POST', 'auth/token/lookup', { token })).resolves.toMatchObject({
    data: { meta: { role_id: expect.any(String) as string } },
  });
  return token;
};

describe('an agent', () => {
  let agent: Agent;
  let strict: Agent;
  let token: string;
  beforeAll(async () => {
    agent = run();
    strict = run(true);
    token = await agent.waitForToken();
    for (const each of [agent, strict]) {
      await each.waitForLog(/renewed auth token/);
    }
    await vault.seal();
  });

  test('tries again, ever more seldom, while Vault is sealed', async () => {
    await agent.waitForLog(/error authenticating/, { times: 5, timeoutMs: 60_000 });

    expect(causesIn(agent)).toEqual([`Vault at '${vault.address}' is sealed.`]);
    const backoffs = [...agent.log.matchAll(BACKOFF)].map(([, duration]) => seconds(duration!));
    // The agent takes up to a quarter off, by chance.
    expect(backoffs[0]).toBeGreaterThanOrEqual(MIN_BACKOFF * 0.74);
    expect(backoffs[0]).toBeLessThanOrEqual(MIN_BACKOFF);
    expect(backoffs[3]).toBeGreaterThan(backoffs[0]! * 2);
    expect(Math.max(...backoffs)).toBeLessThanOrEqual(MAX_BACKOFF);
    // Each is what it waited before, and the first what it waits then.
    const attempts = timesOf(agent.log, ATTEMPT).slice(1, 6);
    const waits = attempts.slice(1).map((at, index) => (at - attempts[index]!) / 1000);
    expect(waits).toHaveLength(4);
    waits.forEach((wait, index) => expect(wait).toBeGreaterThanOrEqual(backoffs[index + 1]!));
  });

  test('ends with exit_on_err while Vault is sealed, although it had logged in, and says why', async () => {
    expect(await strict.exited).toBe(1);
    expect(causesIn(strict)).toEqual([`Vault at '${vault.address}' is sealed.`]);
    expect(strict.count(/runtime error encountered/)).toBe(1);
  });

  test('logs in again once Vault is unsealed', async () => {
    await vault.unseal();

    token = await expectRecovery(agent, 2, token);
  });

  test('waits for a Vault that is away, then for somebody to unseal it', async () => {
    await vault.end();
    await agent.waitForLog(/error authenticating: .*connection refused/, {
      times: 2,
      timeoutMs: 60_000,
    });
    await vault.startAgain();
    const before = agent.count(SEALED);
    await agent.waitForLog(SEALED, { times: before + 1 });
    expect(causesIn(agent)).toEqual([`Vault at '${vault.address}' is sealed.`]);

    await vault.unseal();

    await expectRecovery(agent, 3, token);
  });
});

function seconds(duration: string): number {
  const [, count, unit] = /^([\d.]+)(ms|s)$/.exec(duration)!;
  return Number(count) / (unit === 'ms' ? 1000 : 1);
}
