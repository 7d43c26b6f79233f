import { type AgentTarget, type AwsMethod, checkAgentConfig } from '../../../lib/agent';
import { type DeclaredLogin, verify } from '../../../lib/operate/verify';
import { diagnose } from '../../../lib/operate/verify/diagnose';
import { sandboxSettings } from '../../../sandbox/sandbox-settings';
import type { AccessKey } from '../../../sandbox/servers';
import { declaredLogin, testUserCredentials } from '../../../lib/operate/declared';
import { agentWithKey } from '../support/agent/agent-with-key';
import { refusalsIn } from '../support/agent/agent-log';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { AwsProxy } from '../support/aws-proxy';
import { ACCOUNT, GUIDE, TestSandbox } from '../support/test-sandbox';

/** Of the STS that Vault asks. */
const REGION = 'eu-central-1';

let sandbox: TestSandbox;
let sts: AwsProxy;
let key: AccessKey;
let declared: DeclaredLogin;
let target: AgentTarget;
const agents: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  sts = await AwsProxy.start(sandbox, { stsRegion: REGION });
  const { vault, ...others } = sandboxSettings(GUIDE, sandbox.record);
  const awsEndpoints = { ...sandbox.awsEndpoints, sts: { url: sts.url, region: REGION } };
  const settings = { ...others, vault: { ...vault, awsEndpoints } };
  await sandbox.apply(settings, true);
  key = await testUserCredentials('vault-aws-auth', sandbox.folder.cdkOut, { env: sandbox.env });
  declared = { ...declaredLogin(settings), stsEndpoint: sandbox.record.aws.endpoint };
  const { mountPath, vaultAddress, serverIdHeader, role } = declared;
  target = {
    mountPath,
    vaultAddress,
    serverIdHeader,
    stsRegion: REGION,
    roles: [{ name: role, authType: 'iam' }],
  };
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  sts.stop();
  await sandbox.stop();
});

/** An agent that fits the stack but for this. */
const configOf = (mistake: Partial<AwsMethod>, folder: string) =>
  agentWithKey({
    vaultAddress: declared.vaultAddress,
    key,
    method: {
      mountPath: `auth/${declared.mountPath}`,
      role: declared.role,
      headerValue: declared.serverIdHeader,
      region: REGION,
      ...mistake,
    },
    sinks: [{ path: `${folder}/token` }],
  });

const run = (mistake: Partial<AwsMethod>): Agent => {
  const agent = startAgent(sandbox, { config: (folder) => configOf(mistake, folder) });
  agents.push(agent);
  return agent;
};

test('an agent that fits the stack logs in, and nothing speaks against it', async () => {
  expect(checkAgentConfig(configOf({}, '/'), target)).toEqual([]);

  expect(await run({}).waitForToken()).toMatch(/^hvs\./);
});

interface Wrong {
  readonly agent: Partial<AwsMethod>;
  /** The same mistake at `verify`. */
  readonly login: Partial<DeclaredLogin>;
  readonly cause: RegExp;
  /** Where `agent-check` finds it. */
  readonly place: string;
}

describe('an agent with exit_on_err ends, for the cause that verify gives and agent-check found before, with', () => {
  test.each<[string, Wrong]>([
    [
      'another server ID',
      {
        agent: { headerValue: 'other-vault' },
        login: { serverIdHeader: 'other-vault' },
        cause:
          /^The mount asks for X-Vault-AWS-IAM-Server-ID '127\.0\.0\.1', and .* carried 'other-vault'\.$/,
        place: 'auto_auth.method.config.header_value',
      },
    ],
    [
      'no server ID',
      {
        agent: { headerValue: undefined },
        login: { serverIdHeader: undefined },
        cause: /^The mount asks for the header X-Vault-AWS-IAM-Server-ID, and the login did not carry it\.$/,
        place: 'auto_auth.method.config.header_value',
      },
    ],
    [
      'a role that is not there',
      {
        agent: { role: 'no_role' },
        login: { role: 'no_role' },
        cause: /^There is no role 'no_role' on the mount 'aws_test'\.$/,
        place: 'auto_auth.method.config.role',
      },
    ],
    [
      'a mount that is not there',
      {
        agent: { mountPath: 'auth/no_mount' },
        login: { mountPath: 'no_mount' },
        cause: /^Vault has no AWS auth method at 'no_mount'/,
        place: 'auto_auth.method.mount_path',
      },
    ],
    [
      'another region',
      {
        agent: { region: 'us-west-2' },
        login: { region: 'us-west-2' },
        cause: /^The login is signed for 'us-west-2' .*, and Vault asked the STS of another region\.$/,
        place: 'auto_auth.method.config.region',
      },
    ],
    [
      'the region that an agent takes where none is said',
      {
        agent: { region: undefined },
        login: { region: undefined },
        cause: /^The login is signed for 'us-east-1' .*, and Vault asked the STS of another region\.$/,
        place: 'auto_auth.method.config.region',
      },
    ],
  ])('%s', async (_, { agent: mistake, login, cause, place }) => {
    const wrong = { ...declared, ...login };
    const { failure } = await verify(wrong, () => Promise.resolve(key));

    const agent = run({ ...mistake, exitOnErr: true });

    expect(await agent.exited).toBe(1);
    const refusals = refusalsIn(agent.log);
    expect(refusals).toHaveLength(1);
    const { cause: byAgent } = diagnose(refusals[0], wrong);
    expect(byAgent).toMatch(cause);
    expect(byAgent).toBe(failure!.cause);
    expect(agent.count(/runtime error encountered/)).toBe(1);
    expect(checkAgentConfig(configOf(mistake, '/'), target)).toEqual([
      expect.objectContaining({ place, effect: 'login' }),
    ]);
  });
});

test("a mount path without 'auth/' is refused like a mount that is not there, and agent-check says what lacks", async () => {
  const mistake = { mountPath: declared.mountPath };
  const agent = run({ ...mistake, exitOnErr: true });

  expect(await agent.exited).toBe(1);
  expect(refusalsIn(agent.log)).toMatchObject([{ status: 403 }]);
  expect(checkAgentConfig(configOf(mistake, '/'), target)).toMatchObject([
    { place: 'auto_auth.method.mount_path', effect: 'login' },
  ]);
});

test('without exit_on_err an agent goes on trying, and logs in once the stack has what it asks for', async () => {
  const agent = run({ role: 'later', minBackoff: 1, maxBackoff: 2 });
  await agent.waitForLog(/entry for role "?later"? not found/, { times: 2 });

  await sandbox.vault('POST', `auth/${declared.mountPath}/role/later`, {
    auth_type: 'iam',
    bound_iam_principal_arn: `arn:aws:iam::${ACCOUNT}:user/*`,
  });

  expect(await agent.waitForToken()).toMatch(/^hvs\./);
});
