import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { loadAll } from 'js-yaml';
import { AgentStack } from '../../../examples/agent/stack';
import { renderAgentHcl } from '../../../lib/agent';
import { SANDBOX_REGION } from '../../../sandbox/region';
import type { AccessKey } from '../../../sandbox/servers';
import { type DeclaredAgent, declaredAgents } from '../../../lib/operate/declared';
import { ContainerCredentials } from '../support/agent/container-credentials';
import { instanceEnvironment, serveInstanceRole, writeCredentialsFile } from '../support/agent/iam-login';
import { MetadataService } from '../support/agent/metadata-service';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { type Instance, runInstance } from '../support/instance';
import { assumeRole, createRole } from '../support/other-account';
import { Project } from '../support/project';
import { ACCOUNT, GUIDE, TestSandbox } from '../support/test-sandbox';
import { until } from '../../support/until';

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

    const proxied = () => ask({ 'X-Vault-Request': 'true' });
    await until(async () => (await proxied()).ok);
    expect(await (await proxied()).json()).toMatchObject({ data: { data: { word: 'hello' } } });
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

describe('agent-config prints from the deployed stack', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project(sandbox);
    project.writeSettings(GUIDE);
  });
  const print = async (args: readonly string[], env: Record<string, string> = {}) => {
    const all = ['agent-config', '--stack', 'agent', ...args];
    const { exitCode, stdout, stderr } = await project.run('vault-aws-auth.ts', all, env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) as string });
    return stdout.trim();
  };

  test('what these agents run with, and a unit and a manifest around it', async () => {
    const { config } = agents.find(({ id }) => id === 'container')!;

    expect(await print(['--agent', 'container'])).toBe(renderAgentHcl(config).trim());
    const unit = await print(['--agent', 'instance', '--systemd']);
    expect(unit).toMatch(/^ExecStart=.* agent .*-config=\/etc\/vault-agent\/web\.hcl$/m);
    expect(unit).toMatch(/^RuntimeDirectory=vault-agent$/m);
    const arn = `arn:aws:iam::${ACCOUNT}:role/worker`;
    const manifest = await print(['--agent', 'container', '--kubernetes', '--iam-role', arn]);
    expect(loadAll(manifest)).toMatchObject([
      { metadata: { annotations: { 'eks.amazonaws.com/role-arn': arn } } },
      { kind: 'ConfigMap', data: { 'agent.hcl': renderAgentHcl(config) } },
      { kind: 'Deployment' },
    ]);
  });

  test('a manifest with secrets only into a file that its owner alone reads', async () => {
    const out = join(project.path, 'agent.yaml');
    const env = { AWS_ACCESS_KEY_ID: person.accessKeyId, AWS_SECRET_ACCESS_KEY: person.secretAccessKey };

    const printed = await print(['--agent', 'laptop', '--kubernetes'], env);
    const written = await print(['--agent', 'laptop', '--kubernetes', '--with-secrets', '--out', out], env);

    expect(printed.includes(person.secretAccessKey)).toBe(false);
    expect(written).toBe('');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const [, secret, deployment] = readFileSync(out, 'utf8').split(/^---$/m).slice(1);
    expect(secret!.includes(person.secretAccessKey)).toBe(true);
    expect(deployment!.includes(person.secretAccessKey)).toBe(false);
  });
});
