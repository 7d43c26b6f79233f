import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerCredentials } from '../support/agent/container-credentials';
import {
  configureIamLogin,
  environmentOf,
  iamAgent,
  type IamAgentProps,
  instanceEnvironment,
  ownerOf,
  serveInstanceRole,
  writeCredentialsFile,
} from '../support/agent/iam-login';
import { MetadataService } from '../support/agent/metadata-service';
import { startAgent } from '../support/agent/start-agent';
import { StsOverHttps } from '../support/agent/sts-over-https';
import { assumeRole, createRole } from '../support/other-account';
import { ACCOUNT, TestSandbox } from '../support/test-sandbox';

const WEB_IDENTITY_TOKEN = 'signed by the cluster';
const folder = mkdtempSync(join(tmpdir(), 'e2e-iam-sources-'));

let sandbox: TestSandbox;
let sts: StsOverHttps;
let container: ContainerCredentials;
let metadata: MetadataService;

/** Who an agent logs in as by it, and what an agent needs to find it. */
interface Source {
  readonly owner: string;
  readonly method?: IamAgentProps;
  readonly env?: Readonly<Record<string, string>>;
}

/** In the order in which the agent looks for them. */
const SOURCES = [
  'static credentials',
  'environment variables',
  'a shared credentials file',
  'a web identity token',
  'container credentials',
  'instance metadata',
] as const;

let sources: Record<(typeof SOURCES)[number], Source>;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await configureIamLogin(sandbox);
  for (const role of ['pod', 'task', 'node']) {
    await createRole({ iam: sandbox.iam() }, role);
  }
  sts = await StsOverHttps.start(sandbox, WEB_IDENTITY_TOKEN);
  container = await ContainerCredentials.start(await assumeRole(sandbox, 'task', ACCOUNT, 'of-ecs'));
  metadata = await MetadataService.start();
  serveInstanceRole(metadata, await assumeRole(sandbox, 'node', ACCOUNT, 'i-1'));
  const inFolder = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const configured = await sandbox.createUser('configured');
  writeCredentialsFile(join(folder, 'credentials'), await sandbox.createUser('in_file'), 'agents');
  sources = {
    'static credentials': {
      owner: 'user/configured',
      method: { accessKey: configured.accessKeyId, secretKey: configured.secretAccessKey },
    },
    'environment variables': {
      owner: 'user/in_environment',
      env: environmentOf(await sandbox.createUser('in_environment')),
    },
    'a shared credentials file': {
      owner: 'user/in_file',
      env: { AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'), AWS_PROFILE: 'agents' },
    },
    'a web identity token': {
      owner: 'assumed-role/pod/of-eks',
      env: {
        AWS_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/pod`,
        AWS_ROLE_SESSION_NAME: 'of-eks',
        AWS_WEB_IDENTITY_TOKEN_FILE: inFolder('web-identity', WEB_IDENTITY_TOKEN),
        AWS_REGION: 'us-east-1',
        AWS_CA_BUNDLE: inFolder('authority.pem', sts.authority),
        HTTPS_PROXY: sts.url,
      },
    },
    'container credentials': { owner: 'assumed-role/task/of-ecs', env: container.env },
    'instance metadata': { owner: 'assumed-role/node/i-1', env: instanceEnvironment(metadata) },
  };
});
afterAll(async () => {
  await sandbox.stop();
  [sts, container, metadata].forEach((service) => service.stop());
  rmSync(folder, { recursive: true });
});

/** Who an agent logs in as that can find all of these. */
async function loginWith(names: readonly (typeof SOURCES)[number][]): Promise<string> {
  const given = names.map((name) => sources[name]);
  const agent = startAgent(sandbox, {
    config: iamAgent(sandbox, Object.assign({}, ...given.map(({ method }) => method)) as IamAgentProps),
    env: Object.assign({}, ...given.map(({ env }) => env)) as Record<string, string>,
  });
  try {
    return await ownerOf(sandbox, await agent.waitForToken());
  } finally {
    await agent.stop();
  }
}

describe('the agent logs in with', () => {
  test.each(SOURCES)('%s', async (name) => {
    expect(await loginWith([name])).toBe(sources[name].owner);
  });
});

describe('of all that it finds, the agent takes', () => {
  test.each(SOURCES.slice(0, -1).map((name, i) => [name, SOURCES[i + 1]!] as const))(
    '%s before %s and what comes after',
    async (name) => {
      expect(await loginWith(SOURCES.slice(SOURCES.indexOf(name)))).toBe(sources[name].owner);
    },
  );
});
