import { sandboxEnvironment } from '../../sandbox/environment';
import { SandboxFolder, type SandboxRecord } from '../../sandbox/sandbox-folder';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { BoundPrincipal } from '../../lib/constructs/vault';

const record: SandboxRecord = {
  vault: { address: 'http://127.0.0.1:1', token: 'token', process: { pid: 1, started: '' } },
  aws: {
    endpoint: 'http://127.0.0.1:2',
    admin: { accessKeyId: 'id', secretAccessKey: 'secret' },
    process: { pid: 2, started: '' },
  },
  parts: {
    terraform: { path: '/parts/tofu', flavour: 'tofu', version: '1.12.6' },
    vault: { path: '/parts/vault/vault', version: '1.21.1' },
    moto: { path: '/parts/moto/moto_server', version: '5.2.1' },
    cliConfigFile: '/parts/terraform.rc',
  },
};

describe('the environment of the sandbox’s tools', () => {
  const LEFT_OVER = ['AWS_PROFILE', 'AWS_ENDPOINT_URL_STS', 'VAULT_NAMESPACE', 'TF_WORKSPACE', 'TF_CLI_ARGS'];
  const env = () => sandboxEnvironment(new SandboxFolder('/sandbox'), record);

  test.each(LEFT_OVER)('has nothing of a %s left over in the shell', (name) => {
    process.env[name] = 'left over';
    try {
      expect(env()).not.toHaveProperty(name);
    } finally {
      delete process.env[name];
    }
  });

  test('leads to the sandbox’s Vault, AWS, and providers', () => {
    expect(env()).toMatchObject({
      VAULT_ADDR: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:2',
      CDKTF_OUTDIR: expect.stringMatching(/cdk\.out$/) as string,
      TF_CLI_CONFIG_FILE: '/parts/terraform.rc',
      TERRAFORM_BINARY_NAME: 'tofu',
      PATH: expect.stringMatching(/^\/parts\/vault:\/parts:/) as string,
    });
  });
});

describe('the settings of the sandbox', () => {
  const mine = {
    vault: { address: 'https://vault.example.com', mountPath: 'mine' },
    aws: { testUser: false as const, tags: { owner: 'me' }, region: 'eu-west-1' },
    backend: { kind: 's3' as const, bucket: 'production', region: 'eu-west-1' },
  };

  test('are the person’s with the sandbox’s addresses on top, for Vault to ask AWS at as well', () => {
    const { vault, aws } = sandboxSettings(mine, record);

    expect(vault).toEqual({
      address: 'http://127.0.0.1:1',
      mountPath: 'mine',
      awsEndpoints: {
        iam: 'http://127.0.0.1:2',
        sts: { url: 'http://127.0.0.1:2', region: 'us-east-1' },
        ec2: 'http://127.0.0.1:2',
      },
    });
    expect(aws).toMatchObject({ tags: { owner: 'me' }, testUser: {} });
  });

  test('let the test user in, who is not in the person’s own account', () => {
    const bound = {
      ...mine,
      login: { boundPrincipals: [BoundPrincipal.role('app')], role: { roleName: 'mine' } },
    };

    expect(sandboxSettings(bound, record).login).toEqual({ role: { roleName: 'mine' } });
  });

  test('keep the state next to the sandbox, with any backend of the person', () => {
    expect(sandboxSettings(mine, record).backend).toEqual({ kind: 'local' });
  });
});
