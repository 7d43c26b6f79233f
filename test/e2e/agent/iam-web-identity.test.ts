import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectDeadlock } from '../support/agent/deadlock';
import {
  configureIamLogin,
  iamAgent,
  type IamAgentProps,
  instanceEnvironment,
  ownerOf,
  serveInstanceRole,
} from '../support/agent/iam-login';
import { MetadataService } from '../support/agent/metadata-service';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { StsOverHttps } from '../support/agent/sts-over-https';
import { assumeRole, createRole } from '../support/other-account';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const folder = mkdtempSync(join(tmpdir(), 'e2e-web-identity-'));
const TOKEN = 'of the cluster';
const tokenFile = join(folder, 'token');

let sandbox: TestSandbox;
let sts: StsOverHttps;
let metadata: MetadataService;
let agents: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await configureIamLogin(sandbox);
  await createRole({ iam: sandbox.iam() }, 'pod');
  await createRole({ iam: sandbox.iam() }, 'node');
  sts = await StsOverHttps.start(sandbox, TOKEN);
  writeFileSync(join(folder, 'authority.pem'), sts.authority);
  metadata = await MetadataService.start();
  serveInstanceRole(metadata, await assumeRole(sandbox, 'node', ACCOUNT, 'i-1'));
});
beforeEach(() => writeFileSync(tokenFile, TOKEN));
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  agents = [];
});
afterAll(async () => {
  await sandbox.stop();
  sts.stop();
  metadata.stop();
  rmSync(folder, { recursive: true });
});

/** What EKS puts into a pod whose service account has a role; the node's role is in reach too. */
const podEnvironment = (): Record<string, string> => ({
  AWS_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/pod`,
  AWS_ROLE_SESSION_NAME: 'of-pod',
  AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
  AWS_REGION: 'us-east-1',
  AWS_CA_BUNDLE: join(folder, 'authority.pem'),
  HTTPS_PROXY: sts.url,
  ...instanceEnvironment(metadata),
});

function start(env: Record<string, string>, props: IamAgentProps = {}, args: readonly string[] = []): Agent {
  const agent = startAgent(sandbox, {
    config: iamAgent(sandbox, props),
    env: { ...podEnvironment(), ...env },
    args,
  });
  agents.push(agent);
  return agent;
}

/** Why the role of the web identity could not be had, and the variables that are other than the pod's. */
const FAILURES: [string, RegExp, () => Record<string, string>][] = [
  [
    'STS refuses the token',
    /AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity/,
    () => {
      writeFileSync(tokenFile, 'of another cluster');
      return {};
    },
  ],
  [
    'the token is not there',
    /WebIdentityErr: failed fetching WebIdentity token/,
    () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'none') }),
  ],
];

describe('a web identity login that fails', () => {
  test.each(FAILURES)(
    'because %s makes the agent log in as the node, with a warning',
    async (_, why, env) => {
      const agent = start(env());

      expect(await ownerOf(sandbox, await agent.waitForToken())).toBe('assumed-role/node/i-1');
      await agent.waitForLog(
        new RegExp(`\\[WARN\\].* error assuming role with web identity: .*[^]*${why.source}`),
      );
    },
  );

  describe.each(FAILURES)(
    'because %s ends the agent where AWS_EC2_METADATA_DISABLED keeps the node out,',
    (_, why, env) => {
      const startWithoutNode = (args: readonly string[] = []) =>
        start({ ...env(), AWS_EC2_METADATA_DISABLED: 'true' }, {}, args);

      // An agent holds its log back until it has started, and drops it where it does not.
      test('without the cause', async () => {
        const agent = startWithoutNode();

        expect(await agent.exited).toBe(1);
        expect(agent.log).toMatch(/Error creating aws auth method: .* NoCredentialProviders/);
        expect(agent.log).not.toMatch(why);
      });

      test('with the cause by -disable-gated-logs', async () => {
        const agent = startWithoutNode(['-disable-gated-logs']);

        expect(await agent.exited).toBe(1);
        expect(agent.log).toMatch(why);
      });
    },
  );

  test('later on gives the next login to the node, and only warns', async () => {
    const agent = start({}, { role: 'brief', credentialPollInterval: 1 });
    const first = await agent.waitForToken();
    expect(await ownerOf(sandbox, first)).toBe('assumed-role/pod/of-pod');

    writeFileSync(tokenFile, 'of another cluster');

    await agent.waitForLog(/\[WARN\].* error assuming role with web identity/);
    expect(await ownerOf(sandbox, await agent.waitForToken('token', first))).toBe('assumed-role/node/i-1');
  });
});

describe('with enable_reauth_on_new_credentials', () => {
  const props = { credentialPollInterval: 1, enableReauthOnNewCredentials: true };

  test('a web identity logs in again at each look for credentials', async () => {
    const agent = start({}, props);

    await agent.waitForLog(/auth method found new credentials, re-authenticating/, { times: 3 });
  });

  // So exit_on_err leaves one way to hang, which needs no failure.
  test('the agent hangs where its token ends during a look that STS answers late, with exit_on_err too', async () => {
    const agent = start({}, { ...props, role: 'brief', exitOnErr: true });
    await agent.waitForToken();

    const answer = sts.hold();
    await agent.waitForLog(/lifetime watcher done[^]*beginning authentication/);
    answer();

    await agent.waitForLog(/lifetime watcher done[^]*new credentials detected, triggering Authenticate/);
    await expectDeadlock(agent);
  });
});
