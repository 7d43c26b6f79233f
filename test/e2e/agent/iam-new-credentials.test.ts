import { join } from 'node:path';
import {
  configureIamLogin,
  type Credentials,
  environmentOf,
  iamAgent,
  type IamAgentProps,
  instanceEnvironment,
  ownerOf,
  serveInstanceRole,
  writeCredentialsFile,
} from '../support/agent/iam-login';
import { MetadataService } from '../support/agent/metadata-service';
import { type Agent, type AgentProps, startAgent } from '../support/agent/start-agent';
import { assumeRole, createRole } from '../support/other-account';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const ROLE = 'rotating';

let sandbox: TestSandbox;
let metadata: MetadataService;
let agents: Agent[] = [];

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await configureIamLogin(sandbox);
  await createRole({ iam: sandbox.iam() }, ROLE);
  metadata = await MetadataService.start();
});
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  agents = [];
});
afterAll(async () => {
  await sandbox.stop();
  metadata.stop();
});

const start = (props: AgentProps): Agent => {
  const agent = startAgent(sandbox, props);
  agents.push(agent);
  return agent;
};

/** A session of the role, named so that its token tells it from another. */
const sessionNamed = (name: string): Promise<Required<Credentials>> =>
  assumeRole(sandbox, ROLE, ACCOUNT, name);

const loggedInAs = async (agent: Agent): Promise<string> => ownerOf(sandbox, await agent.waitForToken());

describe('the credentials of a session log in', () => {
  const startStatic = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) =>
    start({
      config: iamAgent(sandbox, { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken }),
    });

  test('as access_key, secret_key and session_token', async () => {
    expect(await loggedInAs(startStatic(await sessionNamed('static')))).toBe(`assumed-role/${ROLE}/static`);
  });

  test('not without session_token', async () => {
    const { accessKeyId, secretAccessKey } = await sessionNamed('halved');

    await startStatic({ accessKeyId, secretAccessKey }).waitForLog(/error authenticating/);
  });

  test('as variables of the environment', async () => {
    const agent = start({ config: iamAgent(sandbox), env: environmentOf(await sessionNamed('environment')) });

    expect(await loggedInAs(agent)).toBe(`assumed-role/${ROLE}/environment`);
  });
});

/** Where credentials come and go while an agent runs. */
interface Source {
  start(credentials: Credentials, props: IamAgentProps): Agent;
  replace(agent: Agent, credentials: Credentials): void;
}

const SOURCES: [string, Source][] = [
  [
    'a shared credentials file that is written anew',
    {
      start: (credentials, props) =>
        start({
          config: (folder) => {
            writeCredentialsFile(join(folder, 'credentials'), credentials);
            return iamAgent(sandbox, props)(folder);
          },
          env: { AWS_SHARED_CREDENTIALS_FILE: 'credentials' },
        }),
      replace: ({ folder }, credentials) => writeCredentialsFile(join(folder, 'credentials'), credentials),
    },
  ],
  [
    'a metadata service that rotates them',
    {
      start: (credentials, props) => {
        serveInstanceRole(metadata, credentials);
        return start({ config: iamAgent(sandbox, props), env: instanceEnvironment(metadata) });
      },
      replace: (_, credentials) => serveInstanceRole(metadata, credentials),
    },
  ],
];

describe.each(SOURCES)('new credentials of %s', (_, source) => {
  test('log in at once with enable_reauth_on_new_credentials', async () => {
    const props = { credentialPollInterval: 1, enableReauthOnNewCredentials: true };
    const agent = source.start(await sessionNamed('first'), props);
    const token = await agent.waitForToken();
    expect(await ownerOf(sandbox, token)).toBe(`assumed-role/${ROLE}/first`);
    await agent.waitForLog(/credentials are unchanged and still valid/);

    source.replace(agent, await sessionNamed('second'));

    const next = await agent.waitForToken('token', token);
    expect(await ownerOf(sandbox, next)).toBe(`assumed-role/${ROLE}/second`);
    expect(agent.count(/lifetime watcher done/)).toBe(0);
    // What was got with the old ones goes on until its end.
    expect(await ownerOf(sandbox, token)).toBe(`assumed-role/${ROLE}/first`);
  });

  test('serve the next login only, without it', async () => {
    const props = { credentialPollInterval: 1, role: 'brief' } as const;
    const agent = source.start(await sessionNamed('first'), props);
    expect(await loggedInAs(agent)).toBe(`assumed-role/${ROLE}/first`);

    source.replace(agent, await sessionNamed('second'));

    await agent.waitForLog(/new credentials detected[^]*lifetime watcher done[^]*token written/);
    expect(await loggedInAs(agent)).toBe(`assumed-role/${ROLE}/second`);
    expect(agent.count(/found new credentials, re-authenticating/)).toBe(0);
  });
});

test('a login before credential_poll_interval is over is made with the old credentials still', async () => {
  const [, file] = SOURCES[0]!;
  const agent = file.start(await sessionNamed('first'), { credentialPollInterval: 600, role: 'brief' });
  const token = await agent.waitForToken();

  file.replace(agent, await sessionNamed('second'));

  const next = await agent.waitForToken('token', token);
  expect(await ownerOf(sandbox, next)).toBe(`assumed-role/${ROLE}/first`);
});
