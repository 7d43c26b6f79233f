import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import getPort from 'get-port';
import { expectDeadlock } from '../support/agent/deadlock';
import {
  configureIamLogin,
  type Credentials,
  iamAgent,
  type IamAgentProps,
  ownerOf,
  writeCredentialsFile,
} from '../support/agent/iam-login';
import { type Agent, startAgent } from '../support/agent/start-agent';
import { TestSandbox } from '../support/test-sandbox';

/** Seconds between the attempts, and between the looks for new credentials. */
const SOON = { minBackoff: 1, maxBackoff: 1, credentialPollInterval: 1 };

/** Long enough for several attempts, in milliseconds. */
const ATTEMPTS = 4_000;

const UNKNOWN: Credentials = { accessKeyId: 'AKIAUNKNOWNUNKNOWN00', secretAccessKey: 'of-nobody' };

let sandbox: TestSandbox;
let agents: Agent[] = [];
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await configureIamLogin(sandbox);
});
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  agents = [];
});
afterAll(() => sandbox.stop());

/** An agent that finds these credentials in its shared credentials file. */
function start(credentials: Credentials, props: IamAgentProps): Agent {
  const agent = startAgent(sandbox, {
    config: (folder) => {
      writeCredentialsFile(join(folder, 'credentials'), credentials);
      return iamAgent(sandbox, { ...SOON, ...props })(folder);
    },
    env: { AWS_SHARED_CREDENTIALS_FILE: 'credentials' },
  });
  agents.push(agent);
  return agent;
}

/** Replaces the credentials of an agent in back-off, and waits until it has found them. */
async function replaceInBackOff(agent: Agent, credentials: Credentials): Promise<void> {
  await agent.waitForLog(/error authenticating/);
  writeCredentialsFile(join(agent.folder, 'credentials'), credentials);
  await agent.waitForLog(/new credentials detected, triggering Authenticate/);
}

/** The way to the sandbox's Vault, closed until {@link open} is called. */
async function closedWayToVault() {
  const port = await getPort({ host: '127.0.0.1' });
  const vault = new URL(sandbox.record.vault.address);
  const server = createServer((socket) => {
    const there = connect(Number(vault.port), vault.hostname);
    socket.pipe(there).pipe(socket);
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
    socket.on('close', () => there.destroy());
  });
  return {
    address: `http://127.0.0.1:${port}`,
    open: () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve)),
    close: () => server.close(),
  };
}

describe('new credentials that an agent finds while it is in back-off', () => {
  describe('with enable_reauth_on_new_credentials make it hang for good:', () => {
    async function expectToHang(agent: Agent): Promise<void> {
      await agent.waitForLog(/triggering Authenticate[^]*beginning authentication/);
      await expect(agent.waitForToken('token', '', ATTEMPTS)).rejects.toThrow('no token in token within');
      await expectDeadlock(agent);
    }

    test('the right ones in place of those that Vault refused', async () => {
      const agent = start(UNKNOWN, { enableReauthOnNewCredentials: true });

      await replaceInBackOff(agent, await sandbox.createUser('hanging'));

      await expectToHang(agent);
    });

    test('rotated ones while Vault is away, and then Vault is back', async () => {
      const vault = await closedWayToVault();
      try {
        const agent = start(await sandbox.createUser('before_rotation'), {
          enableReauthOnNewCredentials: true,
          vaultAddress: vault.address,
        });
        await replaceInBackOff(agent, await sandbox.createUser('after_rotation'));

        await vault.open();

        await expectToHang(agent);
      } finally {
        vault.close();
      }
    });
  });

  test('without it serve the next attempt', async () => {
    const agent = start(UNKNOWN, { enableReauthOnNewCredentials: false });

    await replaceInBackOff(agent, await sandbox.createUser('recovering'));

    expect(await ownerOf(sandbox, await agent.waitForToken())).toBe('user/recovering');
  });

  test('with it and exit_on_err do not come to that: the agent ends, and its supervisor starts it again', async () => {
    const props = { enableReauthOnNewCredentials: true, exitOnErr: true };
    const agent = start(UNKNOWN, props);
    expect(await agent.exited).toBe(1);

    const next = start(await sandbox.createUser('started_anew'), props);

    expect(await ownerOf(sandbox, await next.waitForToken())).toBe('user/started_anew');
  });
});
