import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { AgentStack } from '../../../examples/agent/stack';
import { renderAgentHcl } from '../../../lib/agent';
import { SANDBOX_REGION } from '../../../lib/sandbox/region';
import type { AccessKey } from '../../../lib/sandbox/servers';
import { type DeclaredAgent, declaredAgents } from '../../../lib/stacks';
import { ContainerCredentials } from '../support/agent/container-credentials';
import { instanceEnvironment, serveInstanceRole, writeCredentialsFile } from '../support/agent/iam-login';
import { MetadataService } from '../support/agent/metadata-service';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { type Instance, runInstance } from '../support/instance';
import { assumeRole, createRole } from '../support/other-account';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
let instance: Instance;
let person: AccessKey;
let agents: DeclaredAgent[];
let running: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  instance = await runInstance(sandbox, { name: 'web' });
  await createRole({ iam: sandbox.iam() }, 'worker');
  person = await sandbox.createUser('alice');
  await sandbox.applyStack(
    (app) =>
      new AgentStack(app, 'agent', {
        awsEndpoints: sandbox.awsEndpoints,
        vaultAddress: sandbox.record.vault.address,
        region: SANDBOX_REGION,
        vpcId: instance.vpcId,
        instanceRoleName: 'web',
        taskRoleName: 'worker',
        userName: 'alice',
      }),
  );
  await sandbox.vault('POST', 'secret/data/app', { data: { word: 'hello' } });
  // As `agent-config --stack agent` finds them.
  agents = await declaredAgents({ name: 'agent', outdir: sandbox.folder.cdkOut, env: sandbox.env });
});
afterEach(async () => {
  await Promise.all(running.map((agent) => agent.stop()));
  running = [];
});
afterAll(() => sandbox.stop());

/** Starts the agent of this ID on what `agent-config` prints of it. @param moved paths and ports that are the machine's */
function start(id: string, moved: Record<string, string>, env: (folder: string) => Record<string, string>) {
  const { config } = agents.find((agent) => agent.id === id)!;
  const variables: Record<string, string> = {};
  const agent = startAgent(sandbox, {
    config: (folder) => {
      Object.assign(variables, env(folder));
      return Object.entries(moved).reduce(
        (text, [from, to]) => text.replaceAll(from, to || folder),
        renderAgentHcl(config),
      );
    },
    env: variables,
  });
  running.push(agent);
  return agent;
}

const policiesOf = async (token: string) =>
  (await sandbox.vault<{ data: { policies: string[] } }>('GET', 'auth/token/lookup-self', undefined, token))
    .data.policies;

test('the stack has three agents, and its plan is empty', async () => {
  expect(agents.map(({ id }) => id).sort()).toEqual(['container', 'instance', 'laptop']);
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('on EC2 the agent logs in by the instance profile, and renders the app’s secret', async () => {
  const metadata = await MetadataService.start();
  try {
    const session = await assumeRole(sandbox, 'services/web', ACCOUNT, instance.instanceId);
    serveInstanceRole(metadata, session);
    const agent = start('instance', { '/run/vault-agent': '' }, () => instanceEnvironment(metadata));

    expect(await policiesOf(await agent.waitForToken())).toEqual(['agent-app', 'default']);
    await agent.waitForLog(/rendered .* => /);
    expect(readFileSync(join(agent.folder, 'app.env'), 'utf8')).toBe('WORD=hello\n');
  } finally {
    metadata.stop();
  }
});

test('in a container the agent logs in by the task’s role, and asks Vault for the app', async () => {
  const container = await ContainerCredentials.start(await assumeRole(sandbox, 'worker'));
  const port = await getPort({ host: '127.0.0.1' });
  try {
    const agent = start('container', { '127.0.0.1:8100': `127.0.0.1:${port}` }, () => container.env);
    await agent.waitForLog(/authentication successful/);
    const ask = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${port}/v1/secret/data/app`, { headers });

    let answer = await ask({ 'X-Vault-Request': 'true' });
    for (let tries = 0; !answer.ok && tries < 100; tries++) {
      await sleep(100);
      answer = await ask({ 'X-Vault-Request': 'true' });
    }
    expect(await answer.json()).toMatchObject({ data: { data: { word: 'hello' } } });
    // A page in a browser, or a server that is led astray, does not send it.
    expect((await ask({})).status).toBe(412);
  } finally {
    container.stop();
  }
});

test('on a laptop the agent logs in by a profile, and the token is where the command vault looks', async () => {
  const agent = start('laptop', { '/home/alice': '' }, (folder) => {
    mkdirSync(join(folder, '.aws'));
    writeCredentialsFile(join(folder, '.aws/credentials'), person, 'work');
    return { AWS_PROFILE: 'work' };
  });

  expect(await policiesOf(await agent.waitForToken('.vault-token'))).toEqual(['agent-app', 'default']);
});
