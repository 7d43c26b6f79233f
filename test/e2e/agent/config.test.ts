import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import {
  type AgentConfig,
  agentItems,
  type AgentTarget,
  checkAgent,
  checkAgentText,
  parseAgentConfig,
  renderAgentHcl,
  renderAgentJson,
} from '../../../lib/agent';
import { getParts } from '../../../sandbox/parts';
import { fullConfig } from '../../agent/full-config';

// Nothing listens there: an agent that starts ends at its first login.
const NO_VAULT = 'http://127.0.0.1:9';

let vault: string;
let folder: string;
beforeAll(async () => {
  vault = (await getParts()).vault.path;
  folder = mkdtempSync(join(tmpdir(), 'e2e-agent-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the real agent on this text to its end. */
async function agent(text: string, args: string[] = [], env: Record<string, string> = {}): Promise<string> {
  const file = join(folder, 'agent.hcl');
  writeFileSync(file, text, { mode: 0o600 });
  const { all } = await execa(vault, ['agent', `-config=${file}`, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      ...env,
    },
    extendEnv: false,
    all: true,
    reject: false,
    timeout: 30_000,
  });
  return all;
}

/** What the agent makes of a configuration, each field of it. */
const readByAgent = (text: string) =>
  agent(text, ['-test-verify-only'], { VAULT_TEST_VERIFY_ONLY_DUMP_CONFIG: 'true' });

const method = { mountPath: 'auth/aws', exitOnErr: true, role: 'app' } as const;
const IAM = { ...method, type: 'iam' } as const;
const vaultBlock = { address: NO_VAULT };
const oneSink = () => [{ path: join(folder, 'token') }];
const iam = (
  more: object,
  sinks: AgentConfig['autoAuth']['sinks'] = oneSink(),
  rest: Partial<AgentConfig> = {},
) => renderAgentHcl({ vault: vaultBlock, autoAuth: { method: { ...IAM, ...more }, sinks }, ...rest });

const EXEC: AgentConfig['blocks'] = [
  { type: 'env_template', label: 'KEY', body: { contents: '{{ with secret "a/b" }}{{ end }}' } },
  { type: 'exec', body: { command: ['env', '-0'], restart_stop_signal: 'SIGINT' } },
];

describe('HCL and JSON are read alike by the agent', () => {
  const ec2 = { ...method, type: 'ec2', nonce: 'nonce' } as const;

  test.each<[string, () => AgentConfig, RegExp]>([
    [
      'every field of an iam agent',
      () => fullConfig(folder, NO_VAULT),
      /"secret_key": +"a \\"quoted\\" \$\{secret\}"[^]*"mode": +int\(384\)[^]*WrapTTL: +300000000000[^]*DHType: +"curve25519"/,
    ],
    [
      'an ec2 agent that wraps its token',
      () => ({ autoAuth: { method: { ...ec2, wrapTtl: 60 }, sinks: oneSink() } }),
      /WrapTTL: +60000000000[^]*"nonce": +"nonce"/,
    ],
    [
      'env_template and exec',
      () => ({ autoAuth: { method: IAM, sinks: [] }, blocks: EXEC }),
      /Command: +\{"env", "-0"\}[^]*MapToEnvironmentVariable:"KEY"/,
    ],
  ])('%s', async (_, config, expected) => {
    const hcl = await readByAgent(renderAgentHcl(config()));
    const json = await readByAgent(renderAgentJson(config()));

    expect(hcl).toMatch(expected);
    expect(json).toBe(hcl);
  });

  test('and a text of a person as our own parser reads it', async () => {
    const text = `
      auto_auth { method "aws" { mount_path = "auth/aws" config = { type = "iam", role = "\\x61\\u0070p" credential_poll_interval = 0x3c } }
        sink "file" { config { path = "/run/\${a}" mode = 0640 } } } # one
      template { // two
        contents = <<-EOT
          {{ with secret "a" }}"{{ .Data }}"{{ end }}
          EOT
        destination = "/run/a"
      }`;
    const read = await readByAgent(text);
    const [autoAuth] = parseAgentConfig(text);
    const config = autoAuth!.items![0]!.items![1]!.items!.map(({ name, value }) => [name, value]);

    expect(config).toEqual([
      ['type', 'iam'],
      ['role', 'app'],
      ['credential_poll_interval', 60],
    ]);
    expect(read).toMatch(/"credential_poll_interval": +int\(60\)[^]*"role": +"app"/);
    expect(autoAuth!.items![1]!.items![0]!.items!.map(({ value }) => value)).toEqual(['/run/${a}', 0o640]);
    expect(read).toMatch(/"mode": +int\(416\),\s+"path": +"\/run\/\$\{a\}"/);
  });
});

/** No stack: what the agent itself refuses. */
const TARGET: AgentTarget = {
  mountPath: 'aws',
  roles: [
    { name: 'app', authType: 'iam' },
    { name: 'web', authType: 'ec2' },
  ],
};

describe('what the checks say keeps the agent from its start does so', () => {
  test.each<[string, () => string, RegExp]>([
    [
      'a poll interval of zero',
      () => iam({ credentialPollInterval: 0 }),
      /could not convert 'credential_poll_interval'/,
    ],
    [
      'one of a fraction',
      () => iam({ credentialPollInterval: 1.5 }),
      /could not convert 'credential_poll_interval'/,
    ],
    [
      'one with a unit',
      () => iam({}).replace('role =', 'credential_poll_interval = "60s"\nrole ='),
      /positive int/,
    ],
    ['no role', () => iam({ role: '' }), /'role' value is empty/],
    ['no type', () => iam({ type: '' }), /'type' value is empty/],
    ['an access key without its secret', () => iam({ accessKey: 'AKIA' }), /provided but not both/],
    ['a secret without its access key', () => iam({ secretKey: 'secret' }), /provided but not both/],
    ['a role that is no text', () => iam({}).replace('role = "app"', 'role = ["app"]'), /convert 'role'/],
    ['wrapping for two sinks', () => iam({ wrapTtl: 60 }, [...oneSink(), { path: '/b' }]), /0 or many sinks/],
    ['wrapping for no sink', () => iam({ wrapTtl: 60 }, []), /0 or many sinks/],
    [
      'wrapping twice',
      () => iam({ wrapTtl: 60 }, [{ path: '/a', wrapTtl: 60 }]),
      /both on auth method and sink/,
    ],
    [
      'wrapping for the proxy',
      () =>
        iam({ wrapTtl: 60 }, oneSink(), {
          blocks: [
            { type: 'api_proxy', body: { use_auto_auth_token: true } },
            { type: 'listener', label: 'tcp', body: { address: '127.0.0.1:0', tls_disable: true } },
          ],
        }),
      /auto_auth uses wrapping/,
    ],
    ['no sink and nobody else', () => iam({}, []), /requires at least one sink/],
    [
      'more back-off at first',
      () => iam({ minBackoff: 301 }),
      /min_backoff cannot be greater than max_backoff/,
    ],
    ['a back-off that is none', () => iam({ minBackoff: 5 }).replace('"5s"', '"soon"'), /invalid duration/],
    [
      'a mode in quotes',
      () => iam({}, [{ path: '/a', mode: 384 }]).replace('0600', '"0600"'),
      /'mode' as integer/,
    ],
    ['a sink without a path', () => iam({}).replace(/\bpath = ".*token"/, ''), /'path' not specified/],
    ['another sink', () => iam({}).replace('"file"', '"http"'), /Unknown sink type/],
    [
      'half an encryption',
      () => iam({}, [{ path: '/a', dhType: 'curve25519' }]),
      /must be specified together/,
    ],
    ['the other half', () => iam({}, [{ path: '/a', dhPath: '/k' }]), /must be specified together/],
    ['aad without encryption', () => iam({}, [{ path: '/a', aad: 'aad' }]), /AAD data without/],
    [
      'derive_key without encryption',
      () => iam({}, [{ path: '/a', deriveKey: true }]),
      /'derive_key' data without/,
    ],
    [
      'an argument twice',
      () => iam({}).replace('role =', 'role = "app"\nrole ='),
      /can only be defined once/,
    ],
    ['two methods', () => iam({}).replace('sink {', 'method "aws" {}\nsink {'), /one and only one "method"/],
    ['two auto_auth', () => `${iam({})}auto_auth {}`, /at most one "auto_auth"/],
  ])('%s', async (_, text, refusal) => {
    const log = await agent(text());

    expect(log).toMatch(refusal);
    expect(log).not.toContain('error authenticating');
    expect(startProblems(text())).toBeGreaterThan(0);
  });

  const startProblems = (text: string) =>
    checkAgentText(text, 'agent.hcl', () => TARGET).problems.filter(({ effect }) => effect === 'start')
      .length;
});

describe('what the agent passes over without a word, the checks name', () => {
  const ec2 = { ...IAM, type: 'ec2', role: 'web' } as const;

  test.each<[string, () => string]>([
    ['a nonce on iam', () => iam({ nonce: 'nonce' })],
    ['a session token alone', () => iam({ sessionToken: 'token' })],
    ['a misspelled parameter', () => iam({}).replace('role =', 'header = "a"\nrole =')],
    ['one in the wrong block', () => iam({}).replace('mount_path', 'region = "us-east-1"\nmount_path')],
    ['static credentials on ec2', () => iam({ ...ec2, accessKey: 'AKIA' })],
    ['a poll interval on ec2, even of zero', () => iam({ ...ec2, credentialPollInterval: 0 })],
  ])('%s', async (_, text) => {
    expect(await agent(text())).toContain('starting auth handler');
    expect(checkAgent(parseAgentConfig(text()), TARGET).map(({ effect }) => effect)).toEqual(['ignored']);
  });

  test('and nothing of a configuration that starts', async () => {
    const config = { vault: vaultBlock, autoAuth: { method: IAM, sinks: oneSink() } };

    expect(await agent(renderAgentHcl(config))).toContain('error authenticating');
    expect(checkAgent(agentItems(config), TARGET)).toEqual([]);
  });
});
