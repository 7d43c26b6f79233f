import {
  accessListEntry,
  configureEc2Roles,
  type Ec2AgentProps,
  filesHolding,
  startEc2Agent,
} from '../support/agent/ec2-agent';
import { MetadataService } from '../support/agent/metadata-service';
import type { Agent } from '../support/agent/start-agent';
import { type Instance, runInstance, tagInstance } from '../support/instance';
import { IdentityAuthority } from '../support/instance-identity';
import { MOUNT } from '../support/method-stack';
import { TestSandbox } from '../support/test-sandbox';

const LOGGED_IN = /authentication successful/;

let sandbox: TestSandbox;
let instance: Instance;
let metadata: MetadataService;
const authority = new IdentityAuthority();
const agents: Agent[] = [];
let instances = 0;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await configureEc2Roles(sandbox, authority);
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  metadata = await MetadataService.start();
  instance = await runInstance(sandbox, { name: `instance-${++instances}` });
  metadata.serveInstance(instance, authority);
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.stop()));
  metadata.stop();
});

const start = (props: Partial<Ec2AgentProps> = {}) => {
  const agent = startEc2Agent(sandbox, { role: 'app', metadata, ...props });
  agents.push(agent);
  return agent;
};

const lookUp = async (token: string) => {
  const { data } = await sandbox.vault<{ data: { policies: string[]; meta: Record<string, string> } }>(
    'GET',
    'auth/token/lookup-self',
    undefined,
    token,
  );
  return data;
};

describe('an agent of type ec2', () => {
  test("logs in by its instance's document and signature, without any AWS credentials", async () => {
    const token = await start().waitForToken();

    expect(await lookUp(token)).toMatchObject({
      policies: ['billing', 'default', 'reports'],
      meta: { role: 'app', instance_id: instance.instanceId },
    });
    expect(metadata.asked).toEqual([
      'dynamic/instance-identity/document',
      'dynamic/instance-identity/signature',
    ]);
  });

  test.each(['eu-west-1', ''])("logs in whatever its region says: '%s'", async (region) => {
    await start({ region }).waitForToken();

    expect(metadata.asked).not.toContain('meta-data/instance-id');
  });

  test('tries on while its metadata service has no document, and logs in once it has', async () => {
    const early = await MetadataService.start();
    try {
      const agent = start({ metadata: early });
      await agent.waitForLog(/error requesting doc: EC2MetadataError/, { times: 2 });

      early.serveInstance(instance, authority);
      await agent.waitForToken();
    } finally {
      early.stop();
    }
  });

  test('gets no more than the role tag of its instance gives', async () => {
    const path = `auth/${MOUNT}/role/tagged/tag`;
    const { data } = await sandbox.vault<{ data: { tag_key: string; tag_value: string } }>('POST', path, {
      policies: ['reports'],
    });
    await tagInstance(sandbox, instance, data.tag_key, data.tag_value);

    const token = await start({ role: 'tagged' }).waitForToken();

    expect((await lookUp(token)).policies).toEqual(['default', 'reports']);
  });
});

describe('the nonce that an agent makes for itself', () => {
  test('is kept in memory: when its token ends, the same process logs in again with it', async () => {
    const agent = start({ role: 'short' });
    const first = await agent.waitForToken();
    const { client_nonce } = await accessListEntry(sandbox, instance);

    await agent.waitForToken('token', first);

    expect(agent.count(LOGGED_IN)).toBeGreaterThan(1);
    expect(agent.log).not.toContain('error authenticating');
    expect(client_nonce).toMatch(/^[-0-9a-f]{36}$/);
    expect(await accessListEntry(sandbox, instance)).toMatchObject({ client_nonce });
  });

  test('keeps out a second client of the instance, which sends another', async () => {
    await start().waitForToken();
    const { client_nonce } = await accessListEntry(sandbox, instance);

    const second = start();
    await second.waitForLog(/client nonce mismatch/, { times: 2 });

    expect(second.count(LOGGED_IN)).toBe(0);
    expect(await accessListEntry(sandbox, instance)).toMatchObject({ client_nonce });
  });

  test('is in no file of the agent and not in its log, at level trace and after a second login', async () => {
    const agent = start({ role: 'short' });
    await agent.waitForLog(LOGGED_IN, { times: 2 });
    const { client_nonce } = await accessListEntry(sandbox, instance);

    expect(filesHolding(agent.folder, client_nonce)).toEqual([]);
    expect(agent.log.includes(client_nonce)).toBe(false);
    // The search finds what is there, and the log says all.
    expect(filesHolding(agent.folder, await agent.waitForToken())).toEqual(['token']);
    expect(agent.log).toContain('[TRACE]');
  });

  test('a fixed one is instead in the configuration file alone', async () => {
    const nonce = 'a-fixed-nonce-of-this-instance';
    const agent = start({ role: 'short', nonce });
    await agent.waitForLog(LOGGED_IN, { times: 2 });

    expect((await accessListEntry(sandbox, instance)).client_nonce).toBe(nonce);
    expect(filesHolding(agent.folder, nonce)).toEqual(['agent.hcl']);
    expect(agent.log.includes(nonce)).toBe(false);
  });
});

describe('a role with disallow_reauthentication lets an agent in once:', () => {
  test('when its token ends it is refused with the same nonce, until its access list entry is deleted', async () => {
    const agent = start({ role: 'once' });
    const first = await agent.waitForToken();
    await agent.waitForLog(/reauthentication is disabled/, { times: 2 });
    expect(agent.count(LOGGED_IN)).toBe(1);

    await sandbox.vault('DELETE', `auth/${MOUNT}/identity-accesslist/${instance.instanceId}`);

    await agent.waitForToken('token', first);
  });

  test('a fixed nonce is no help', async () => {
    const agent = start({ role: 'once', nonce: 'fixed' });
    await agent.waitForToken();

    await agent.waitForLog(/reauthentication is disabled/, { times: 2 });
    expect(agent.count(LOGGED_IN)).toBe(1);
  });
});
