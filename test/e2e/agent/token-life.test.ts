import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import type { AwsMethod, PlainBlock, Sink } from '../../../lib/agent';
import { kv2 } from '../../../lib/policy';
import type { AccessKey } from '../../../sandbox/servers';
import { BoundPrincipal, IamAuthRole, VaultPolicy } from '../../../lib/constructs/vault';
import { timesOf } from '../support/agent/agent-log';
import { agentWithKey } from '../support/agent/agent-with-key';
import { SinkReader } from '../support/agent/sink-reader';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { methodStack, MOUNT } from '../support/method-stack';
import { TestSandbox } from '../support/test-sandbox';

const SHORT_SECONDS = 15;
const LOGGED_IN = /authentication successful/;
const RENEWED = /renewed auth token/;

let sandbox: TestSandbox;
let key: AccessKey;
const agents: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  key = await sandbox.createUser('app');
  await sandbox.applyStack(
    methodStack(sandbox, (mount, stack) => {
      const policy = new VaultPolicy(stack, 'policy', {
        policyName: 'app',
        rules: kv2.read('secret', 'app'),
      });
      const boundPrincipals = [BoundPrincipal.user('app')];
      const roles = { short: Duration.seconds(SHORT_SECONDS), long: Duration.hours(1) };
      for (const [roleName, tokenTtl] of Object.entries(roles)) {
        new IamAuthRole(stack, roleName, { mount, roleName, boundPrincipals, tokenTtl, policies: [policy] });
      }
    }),
  );
  await sandbox.vault('POST', 'secret/data/app', { data: { colour: 'blue' } });
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  await sandbox.stop();
});

interface Given {
  readonly method?: Partial<AwsMethod>;
  readonly sinks?: (folder: string) => Sink[];
  readonly blocks?: (folder: string) => PlainBlock[];
}

const run = (
  role: 'short' | 'long',
  { method, sinks = (folder) => [{ path: `${folder}/token` }], blocks }: Given = {},
): Agent => {
  const agent = startAgent(sandbox, {
    config: (folder) =>
      agentWithKey({
        vaultAddress: sandbox.record.vault.address,
        key,
        method: { mountPath: `auth/${MOUNT}`, role, ...method },
        sinks: sinks(folder),
        blocks: blocks?.(folder),
      }),
  });
  agents.push(agent);
  return agent;
};

const lookUp = async (token: string) =>
  (await sandbox.vault<{ data: Record<string, unknown> }>('POST', 'auth/token/lookup', { token })).data;

const revoke = (token: string) => sandbox.vault('POST', 'auth/token/revoke', { token });

describe('a bare agent', () => {
  let renewing: Agent;
  let revoked: Agent;
  // Side by side: each takes a token's life.
  beforeAll(() => {
    renewing = run('short');
    revoked = run('short');
  });

  test('logs in again near the end of the lease where its token was revoked, and till then gives a dead one', async () => {
    const dead = await revoked.waitForToken();
    await revoked.waitForLog(RENEWED);
    await revoke(dead);
    expect(await revoked.waitForToken()).toBe(dead);

    const alive = await revoked.waitForToken('token', dead, 60_000);

    const [, again] = timesOf(revoked.log, LOGGED_IN);
    const lastRenewal = timesOf(revoked.log, RENEWED).findLast((at) => at <= again!)!;
    expect(again! - lastRenewal).toBeGreaterThan((SHORT_SECONDS * 1000 * 2) / 3);
    expect(await lookUp(alive)).toMatchObject({ policies: ['app', 'default'] });
  });

  test('renews its token before it ends, and needs no second login', async () => {
    // At once, then after two thirds of what is left.
    await renewing.waitForLog(RENEWED, { times: 3, timeoutMs: 60_000 });

    const { creation_time, ttl } = await lookUp(await renewing.waitForToken());
    const [, , third] = timesOf(renewing.log, RENEWED);
    expect(third! / 1000 - Number(creation_time)).toBeGreaterThan(SHORT_SECONDS);
    expect(ttl).toBeGreaterThan(0);
    expect(renewing.count(LOGGED_IN)).toBe(1);
  });
});

test('an agent with a template logs in again at once where its token was revoked', async () => {
  const agent = run('long', {
    blocks: (folder): PlainBlock[] => [
      { type: 'template_config', body: { static_secret_render_interval: '1s' } },
      {
        type: 'template',
        body: {
          contents: '{{ with secret "secret/data/app" }}{{ .Data.data.colour }}{{ end }}',
          destination: `${folder}/colour`,
        },
      },
    ],
  });
  const dead = await agent.waitForToken();
  await agent.waitForLog(/rendered "\(dynamic\)"/);

  await revoke(dead);

  // Its lease has most of an hour left.
  const alive = await agent.waitForToken('token', dead);
  expect(await lookUp(alive)).toMatchObject({ policies: ['app', 'default'] });
  expect(agent.count(/invalid token found, re-authenticating/)).toBe(1);
});

describe('the sink', () => {
  const unwrap = <T>(token: string) => sandbox.vault<T>('POST', 'sys/wrapping/unwrap', undefined, token);
  const modeOf = (agent: Agent, file: string) =>
    (statSync(join(agent.folder, file)).mode & 0o777).toString(8);
  const expectUsed = (token: string) =>
    expect(unwrap(token)).rejects.toMatchObject({
      errors: [expect.stringMatching(/wrapping token is not valid or does not exist/)],
    });

  test('of a login with wrap_ttl holds a wrapping token, good for one unwrapping; nobody renews what is in it', async () => {
    const agent = run('short', { method: { wrapTtl: 300 } });
    const wrapped = JSON.parse(await agent.waitForToken()) as Record<string, unknown>;
    expect(wrapped).toMatchObject({ ttl: 300, creation_path: `auth/${MOUNT}/login` });

    const { auth } = await unwrap<{ auth: { client_token: string } }>(String(wrapped.token));

    expect(await lookUp(auth.client_token)).toMatchObject({ policies: ['app', 'default'] });
    await expectUsed(String(wrapped.token));
    expect(agent.count(/sending wrapped token to sinks and pausing/)).toBe(1);
    expect(agent.count(RENEWED)).toBe(0);
  });

  test('has its own mode, wrapping and encryption, next to others of the same agent', async () => {
    const reader = new SinkReader();
    const agent = run('long', {
      sinks: (folder) => [
        { path: `${folder}/default` },
        { path: `${folder}/private`, mode: 0o600 },
        { path: `${folder}/wrapped`, wrapTtl: 300 },
        {
          path: `${folder}/encrypted`,
          dhType: 'curve25519',
          dhPath: reader.writePublicKey(folder),
          aad: 'app-1',
          deriveKey: true,
        },
      ],
    });
    const token = await agent.waitForToken('default');

    expect(await agent.waitForToken('private')).toBe(token);
    expect([modeOf(agent, 'default'), modeOf(agent, 'private')]).toEqual(['640', '600']);

    const wrapped = JSON.parse(await agent.waitForToken('wrapped')) as { token: string };
    expect((await unwrap<{ data: { token: string } }>(wrapped.token)).data.token).toBe(token);
    await expectUsed(wrapped.token);

    const encrypted = await agent.waitForToken('encrypted');
    expect(reader.read(encrypted, 'app-1')).toBe(token);
    expect(() => reader.read(encrypted, 'app-2')).toThrow(/unable to authenticate/);
  });
});
