import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentConfig,
  type AwsMethod,
  withoutStaticSecrets,
  withSecretsOf,
  writePrivate,
} from '../../lib/agent';

const agent = (method: Partial<AwsMethod>): AgentConfig => ({
  autoAuth: { method: { mountPath: 'auth/aws', type: 'iam', role: 'app', ...method }, sinks: [] },
});
const KEY = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('secrets of the environment', () => {
  test.each<[string, NodeJS.ProcessEnv, Partial<AwsMethod>, Partial<AwsMethod>]>([
    ['a key', KEY, {}, { accessKey: 'AKIA', secretKey: 'secret' }],
    [
      'a temporary key',
      { ...KEY, AWS_SESSION_TOKEN: 'token' },
      {},
      { accessKey: 'AKIA', secretKey: 'secret', sessionToken: 'token' },
    ],
    [
      'a nonce for ec2, and no key',
      { ...KEY, VAULT_AGENT_NONCE: 'n' },
      { type: 'ec2' },
      { type: 'ec2', nonce: 'n' },
    ],
  ])('are %s', (_, env, method, expected) => {
    expect(withSecretsOf(env, agent(method))).toEqual(agent(expected));
  });

  test.each<[string, NodeJS.ProcessEnv, Partial<AwsMethod>]>([
    ['AWS_ACCESS_KEY_ID', {}, {}],
    ['AWS_SECRET_ACCESS_KEY', { AWS_ACCESS_KEY_ID: 'AKIA' }, {}],
    ['VAULT_AGENT_NONCE', KEY, { type: 'ec2' }],
  ])('that are not there are named: %s', (name, env, method) => {
    expect(() => withSecretsOf(env, agent(method))).toThrow(`${name} is not set`);
  });

  test('are taken out again, all four', () => {
    const secrets = { accessKey: 'AKIA', secretKey: 'secret', sessionToken: 'token', nonce: 'nonce' };

    expect(withoutStaticSecrets(agent(secrets))).toEqual(agent({}));
  });
});

describe('a file with secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is its owner’s alone, also in place of one that others could read', () => {
    const file = join(folder, 'agent.hcl');
    writeFileSync(file, 'was there', { mode: 0o644 });
    writePrivate(file, 'secret');

    expect(readFileSync(file, 'utf8')).toBe('secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['agent.hcl']);
  });

  test('leaves nothing behind where it can’t be written', () => {
    expect(() => writePrivate(folder, 'secret')).toThrow();
    expect(() => writePrivate(join(folder, 'none', 'agent.hcl'), 'secret')).toThrow();
    expect(
      readdirSync(join(folder, '..')).filter((name) => name.startsWith(`${folder.split('/').at(-1)!}.`)),
    ).toEqual([]);
  });
});
