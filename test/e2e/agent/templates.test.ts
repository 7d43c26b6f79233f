import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentConfig, PlainBlock } from '../../../lib/agent';
import type { AccessKey } from '../../../sandbox/servers';
import { testUserCredentials } from '../../../lib/operate/declared';
import { agentWithKey } from '../support/agent/agent-with-key';
import { timesOf } from '../support/agent/agent-log';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { TestSandbox } from '../support/test-sandbox';
import { until } from '../../support/until';

/** The guide's policy allows it. */
const ALLOWED = 'secret/data/app';
/** The guide's policy does not. */
const FORBIDDEN = 'other/app';
const REFUSED = /\(view\) vault\.read\(other\/app\).*Error making API request/;

let sandbox: TestSandbox;
let key: AccessKey;
const agents: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.apply();
  key = await testUserCredentials('vault-aws-auth', sandbox.folder.cdkOut, { env: sandbox.env });
  await sandbox.vault('POST', 'sys/mounts/other', { type: 'kv' });
  await sandbox.vault('POST', FORBIDDEN, { colour: 'red' });
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  await sandbox.stop();
});

interface Given {
  /** The agent's `template_config`. */
  readonly config?: PlainBlock['body'];
  readonly vault?: Partial<AgentConfig['vault']>;
}

/** An agent with a template of each secret, beside a sink. */
const run = (templates: Readonly<Record<string, string>>, { config = {}, vault }: Given = {}): Agent => {
  const agent = startAgent(sandbox, {
    config: (folder) => {
      const base = agentWithKey({
        vaultAddress: sandbox.record.vault.address,
        key,
        method: {
          mountPath: 'auth/aws_test',
          role: 'dev_role',
          headerValue: '127.0.0.1',
          minBackoff: 1,
          maxBackoff: 2,
        },
        sinks: [{ path: `${folder}/token` }],
        blocks: [
          { type: 'template_config', body: { static_secret_render_interval: '1s', ...config } },
          ...Object.entries(templates).map(([file, contents]) => ({
            type: 'template',
            body: { contents, destination: `${folder}/${file}` },
          })),
        ],
      });
      return { ...base, vault: { ...base.vault!, ...vault } };
    },
  });
  agents.push(agent);
  return agent;
};

const colourOf = (secret: string, fields = '.Data') =>
  `{{ with secret "${secret}" }}{{ ${fields}.colour }}{{ end }}`;

const waitForText = async ({ folder }: Agent, file: string, text: string) => {
  const path = join(folder, file);
  const read = () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  await until(() => read() === text);
};

const write = (colour: string) => sandbox.vault('POST', ALLOWED, { data: { colour } });

test('a template of a secret that the policy allows is rendered, and again after the secret changed', async () => {
  await write('blue');
  const agent = run({ allowed: colourOf(ALLOWED, '.Data.data') });
  await waitForText(agent, 'allowed', 'blue');

  await write('green');

  await waitForText(agent, 'allowed', 'green');
  expect(agent.count(/authentication successful/)).toBe(1);
});

test('a template of a secret that the policy forbids is tried again and never written; the agent and its token live on', async () => {
  const agent = run({ forbidden: colourOf(FORBIDDEN) });

  await agent.waitForLog(/\(retry attempt 3 after "2s"\)/);

  const [first, second, third] = timesOf(agent.log, REFUSED);
  // As the login's back-off, whose bounds it takes.
  expect(second! - first!).toBeGreaterThanOrEqual(1_000);
  expect(third! - second!).toBeGreaterThanOrEqual(2_000);
  expect(agent.count(/Code: 403\. Errors:/)).toBeGreaterThanOrEqual(3);
  expect(existsSync(join(agent.folder, 'forbidden'))).toBe(false);
  // It is forbidden, and the token is not to blame.
  expect(agent.count(/invalid token found/)).toBe(0);
  expect(agent.count(/authentication successful/)).toBe(1);
  const token = await agent.waitForToken();
  await expect(sandbox.vault('GET', ALLOWED, undefined, token)).resolves.toMatchObject({ data: {} });
  await expect(sandbox.vault('GET', FORBIDDEN, undefined, token)).rejects.toMatchObject({ status: 403 });
});

test('a forbidden template is written as soon as the policy allows it', async () => {
  const agent = run({ forbidden: colourOf(FORBIDDEN) });
  await agent.waitForLog(REFUSED);

  const rules = await sandbox.vault<{ data: { policy: string } }>('GET', 'sys/policies/acl/dev_policy');
  const policy = `${rules.data.policy}\npath "${FORBIDDEN}" { capabilities = ["read"] }`;
  await sandbox.vault('POST', 'sys/policies/acl/dev_policy', { policy });
  try {
    await waitForText(agent, 'forbidden', 'red');
  } finally {
    await sandbox.vault('POST', 'sys/policies/acl/dev_policy', { policy: rules.data.policy });
  }
});

test('with exit_on_retry_failure a forbidden template ends the agent once its retries are used up', async () => {
  const agent = run(
    { forbidden: colourOf(FORBIDDEN) },
    { config: { exit_on_retry_failure: true }, vault: { numRetries: 2 } },
  );

  expect(await agent.exited).toBe(1);

  expect(agent.count(REFUSED)).toBe(3);
  expect(agent.count(/\(exceeded maximum retries\)/)).toBe(1);
  expect(agent.count(/runtime error encountered/)).toBe(1);
  expect(existsSync(join(agent.folder, 'forbidden'))).toBe(false);
});
