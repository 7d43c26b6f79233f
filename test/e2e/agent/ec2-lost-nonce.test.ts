import {
  accessListEntry,
  configureEc2Roles,
  type Ec2AgentProps,
  startEc2Agent,
} from '../support/agent/ec2-agent';
import { MetadataService } from '../support/agent/metadata-service';
import type { Agent } from '../support/agent/start-agent';
import { type Instance, runInstance, startInstance, stopInstance } from '../support/instance';
import { IdentityAuthority } from '../support/instance-identity';
import { MOUNT } from '../support/method-stack';
import { Project } from '../support/project';
import { TestSandbox } from '../support/test-sandbox';

const MISMATCH = /client nonce mismatch/;
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

/** An agent that logs in, ends, and is started again with the same configuration. */
const restarted = async (props: Partial<Ec2AgentProps> = {}) => {
  const first = start(props);
  await first.waitForToken();
  await first.stop();
  return start(props);
};

/** Stops the instance and starts it: on AWS its document then has a newer pendingTime. */
const stopAndStart = async () => {
  await stopInstance(sandbox, instance);
  await startInstance(sandbox, instance);
  const newer = new Date(instance.launchTime.getTime() + 60_000);
  metadata.serveInstance(instance, authority, newer);
  return newer;
};

const path = () => `auth/${MOUNT}/identity-accesslist/${instance.instanceId}`;

describe('an agent that is restarted has lost its nonce and is refused:', () => {
  test('it tries on and on, and never gets in by itself', async () => {
    const agent = await restarted();

    await agent.waitForLog(MISMATCH, { times: 2 });
    expect(agent.count(LOGGED_IN)).toBe(0);
  });

  test('with exit_on_err it ends, with the cause in its log', async () => {
    const agent = await restarted({ exitOnErr: true });

    expect(await agent.exited).toBe(1);
    expect(agent.log).toMatch(MISMATCH);
  });
});

describe('a remedy for a lost nonce is', () => {
  test('a fixed nonce in the configuration: the restarted agent logs in', async () => {
    const agent = await restarted({ nonce: 'fixed-for-this-instance' });

    await agent.waitForToken();
    expect(agent.log).not.toMatch(MISMATCH);
  });

  test('to delete the access list entry: the agent that was refused logs in by itself', async () => {
    const agent = await restarted();
    await agent.waitForLog(MISMATCH);

    await sandbox.vault('DELETE', path());

    await agent.waitForToken();
  });

  test('to run npx vault-aws-auth clear-instance, which deletes it: the same', async () => {
    const project = new Project(sandbox);
    project.writeSettings({ vault: { address: sandbox.record.vault.address, mountPath: MOUNT } });
    const agent = await restarted();
    await agent.waitForLog(MISMATCH);
    const { client_nonce } = await accessListEntry(sandbox, instance);

    const { exitCode, stdout, stderr } = await project.run('vault-aws-auth.ts', [
      'clear-instance',
      instance.instanceId,
    ]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Cleared:');
    expect(stdout.includes(client_nonce)).toBe(false);
    await agent.waitForToken();
  });

  test('allow_instance_migration and an instance stopped and started, whose pendingTime is newer', async () => {
    const agent = await restarted({ role: 'migrating' });
    await agent.waitForLog(MISMATCH);

    const newer = await stopAndStart();

    await agent.waitForToken();
    const { pending_time } = await accessListEntry(sandbox, instance);
    expect(new Date(pending_time).getTime()).toBe(Math.floor(newer.getTime() / 1000) * 1000);
  });
});

describe('no remedy for a lost nonce is', () => {
  test('allow_instance_migration with a mere restart, which leaves pendingTime as it was', async () => {
    const agent = await restarted({ role: 'migrating' });

    await agent.waitForLog(/client nonce mismatch and instance meta-data incorrect/, { times: 2 });
    expect(agent.count(LOGGED_IN)).toBe(0);
  });

  test('a newer pendingTime without allow_instance_migration', async () => {
    const agent = await restarted();
    await agent.waitForLog(MISMATCH);
    await stopAndStart();
    const before = agent.count(MISMATCH);

    await agent.waitForLog(MISMATCH, { times: before + 2 });
    expect(agent.count(LOGGED_IN)).toBe(0);
  });
});

describe('a migration leaves the nonce that Vault keeps as it was:', () => {
  test('when the token of the migrated agent ends, it is refused until the next stop and start', async () => {
    const agent = await restarted({ role: 'migrating_short' });
    await agent.waitForLog(MISMATCH);
    await stopAndStart();
    const first = await agent.waitForToken();
    const refused = agent.count(MISMATCH);

    await agent.waitForLog(MISMATCH, { times: refused + 2 });
    expect(agent.count(LOGGED_IN)).toBe(1);

    metadata.serveInstance(instance, authority, new Date(instance.launchTime.getTime() + 120_000));
    await agent.waitForToken('token', first);
  });

  test('who knows the first nonce still gets in', async () => {
    const first = start({ role: 'migrating', nonce: 'first' });
    await first.waitForToken();
    await first.stop();
    await stopAndStart();
    await start({ role: 'migrating', nonce: 'second' }).waitForToken();

    expect(await accessListEntry(sandbox, instance)).toMatchObject({ client_nonce: 'first' });
    await start({ role: 'migrating', nonce: 'first' }).waitForToken();
  });
});
