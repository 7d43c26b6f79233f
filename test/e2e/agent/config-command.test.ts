import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAgentConfig } from '../../../lib/agent';
import { sandboxSettings } from '../../../sandbox/sandbox-settings';
import { TerraformStack } from 'cdktf';
import { testUserCredentials } from '../../../lib/operate/declared';
import { useProviders, useStateBackend } from '../../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  VaultAgent,
} from '../../../lib/constructs/vault';
import { startAgent } from '../support/agent/start-agent';
import { Project } from '../support/project';
import { GUIDE, TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
let project: Project;
let key: { accessKeyId: string; secretAccessKey: string };
const command = (name: string, args: readonly string[], env: Record<string, string | undefined> = {}) =>
  project.run('vault-aws-auth.ts', [name, ...args], env);

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  project = new Project(sandbox);
  project.writeSettings(sandboxSettings(GUIDE, sandbox.record));
});
afterAll(() => sandbox.stop());

const credentials = () => ({
  AWS_ACCESS_KEY_ID: key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
});

test('before the first deploy it says what to do', async () => {
  const { exitCode, stdout, stderr } = await command('agent-config', ['--role', 'dev_role']);

  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/deploy it first, with `npx cdktf deploy vault-aws-auth`/);
});

describe('for the deployed stack of settings.ts', () => {
  beforeAll(async () => {
    await sandbox.apply();
    key = await testUserCredentials('vault-aws-auth', sandbox.folder.cdkOut, { env: sandbox.env });
  });

  test('agent-config prints an agent that logs in by the credentials of its environment', async () => {
    const { exitCode, stdout } = await command(
      'agent-config',
      ['--role', 'dev_role', '--json'],
      credentials(),
    );
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain(key.secretAccessKey);

    const agent = startAgent(sandbox, {
      // Vault minds no case in the role, and so does agent-check.
      config: (folder) =>
        stdout.replace('/run/vault-agent/token', join(folder, 'token')).replace('"dev_role"', '"Dev_Role"'),
      env: { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
    });
    try {
      const token = await agent.waitForToken();
      const { data } = await sandbox.vault<{ data: { policies: string[]; meta: { role_id: string } } }>(
        'GET',
        'auth/token/lookup-self',
        undefined,
        token,
      );
      expect(data.policies).toEqual(['default', 'dev_policy']);
    } finally {
      await agent.stop();
    }
  });

  test('secrets go only into a file that its owner alone reads, also in place of one that all could', async () => {
    const out = join(project.path, 'agent.hcl');
    writeFileSync(out, 'was there', { mode: 0o644 });

    const printed = await command('agent-config', ['--with-secrets'], credentials());
    expect(printed).toMatchObject({ exitCode: 1, stdout: '' });
    expect(printed.stderr).toContain('--with-secrets needs --out FILE');

    const written = await command('agent-config', ['--with-secrets', '--out', out], credentials());
    expect(written).toMatchObject({ exitCode: 0, stdout: '' });
    expect(written.stderr).not.toContain(key.secretAccessKey);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readFileSync(out, 'utf8')).toContain(`secret_key = "${key.secretAccessKey}"`);

    const checked = await command('agent-check', [out]);
    expect(checked).toMatchObject({
      exitCode: 0,
      stdout: `No problem in ${out} with auth/aws_test. The environment of the agent is not checked.`,
    });
  });

  test('agent-check lists what is wrong in a file, without its secrets, and ends with 1', async () => {
    const file = join(project.path, 'wrong.hcl');
    writeFileSync(
      file,
      [
        'auto_auth {',
        '  method "aws" {',
        '    config = {',
        '      type = "ec2"',
        '      role = "dev_role"',
        '      secret_key = "never-printed"',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    );
    const text = await command('agent-check', [file]);
    const json = await command('agent-check', [file, '--json']);

    expect(text.exitCode).toBe(1);
    expect(text.stdout.split('\n')).toEqual([
      expect.stringContaining(`${file}:1: auto_auth.sink: must be there`),
      expect.stringContaining(`${file}:2: auto_auth.method.mount_path: must be 'auth/aws_test'`),
      expect.stringContaining(`${file}:4: auto_auth.method.config.type: must be 'iam'`),
      expect.stringContaining(`${file}:6: auto_auth.method.config.secret_key: must be left out`),
      '',
      '4 problems with auth/aws_test.',
    ]);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ file, mountPath: 'auth/aws_test' });
    expect(text.stdout + json.stdout).not.toContain('never-printed');
  });
});

describe('for a stack of one’s own', () => {
  const sinks = [{ path: '/run/billing/token', mode: 0o640 }];
  const contents = '{{ with secret "secret/data/app" }}${literal}%{ if }{{ end }}';

  beforeAll(() =>
    sandbox.applyStack((app) => {
      const stack = new TerraformStack(app, 'own');
      useProviders(stack);
      useStateBackend(stack, { kind: 'local' });
      const mount = new AwsAuthMount(stack, 'mount', { path: 'own' });
      const endpoints = sandbox.awsEndpoints;
      new AwsAuthClient(stack, 'client', { mount, credentials: { ambient: true }, endpoints });
      const boundPrincipals = [BoundPrincipal.user('app')];
      const role = new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'billing',
        boundPrincipals,
        resolveAwsUniqueIds: false,
      });
      const blocks = [{ type: 'template', body: { contents, destination: '/run/billing/secret' } }];
      new VaultAgent(stack, 'app', { role, sinks, secretKey: 'never-in-a-state', accessKey: 'AKIA', blocks });
      new VaultAgent(stack, 'other', { role, sinks });
      return stack;
    }),
  );

  test('agent-config prints the agent that it declares, from its outputs, without secrets', async () => {
    const { exitCode, stdout } = await command('agent-config', ['--stack', 'own', '--agent', 'app']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`mount_path = "auth/own"`);
    expect(stdout).toContain('mode = 0640');
    expect(stdout).not.toMatch(/access_key|secret_key/);
    const template = parseAgentConfig(stdout).find(({ name }) => name === 'template');
    expect(template!.items!.map(({ value }) => value)).toEqual([contents, '/run/billing/secret']);
  });

  test('agent-check compares with its mount', async () => {
    const file = join(project.path, 'own.hcl');
    const { stdout } = await command('agent-config', ['--stack', 'own', '--agent', 'other']);
    writeFileSync(file, stdout.replace('"billing"', '"dev_role"'));

    const own = await command('agent-check', ['--stack', 'own', file]);

    expect(own.exitCode).toBe(1);
    expect(own.stdout).toContain(`must be a role that the stack has on auth/own: 'billing'`);
  });

  test('a region that its AWS SDK does not know is refused by Vault, which asks nobody then', async () => {
    await sandbox.vault('POST', 'auth/own/config/client', { use_sts_region_from_client: true });
    const agent = startAgent(sandbox, {
      config: (folder) => ({
        vault: { address: sandbox.record.vault.address },
        autoAuth: {
          method: { mountPath: 'auth/own', type: 'iam', role: 'billing', region: 'mx-central-1' },
          sinks: [{ path: join(folder, 'token') }],
        },
      }),
      env: { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
    });
    try {
      await agent.waitForLog(/unable to get regional STS endpoint for region: mx-central-1/);
    } finally {
      await agent.stop();
    }
  });
});
