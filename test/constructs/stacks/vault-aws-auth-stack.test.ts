import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import { Testing } from 'cdktf';
import { protectLocalState, type Settings, VaultAwsAuthStack } from '../../../lib/constructs/stacks';
import { InvalidAppError, synth } from '../../../lib/constructs/checks';
import { kv2 } from '../../../lib/policy';
import { BoundPrincipal, IamAuthRole, VaultPolicy } from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import type { Synthesized } from '../../support/stack';

const vault = { address: 'https://vault.example.com:8200' };

const synthesizeStack = (settings: Partial<Settings> = {}) =>
  JSON.parse(
    Testing.synth(new VaultAwsAuthStack(testApp(), 'vault-aws-auth', { vault, ...settings })),
  ) as Synthesized;

const addresses = ({ resource }: Synthesized) =>
  Object.entries(resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();

test('the guide’s stack', () => {
  expect(synthesizeStack()).toMatchSnapshot();
});

// An address is where Terraform's state knows a resource: a changed one is a resource destroyed and made anew.
test('the addresses never change', () => {
  expect(addresses(synthesizeStack())).toEqual([
    'aws_iam_access_key.test_user_access_key_888DF70D',
    'aws_iam_access_key.vault_user_access_key_0BC10369',
    'aws_iam_policy.vault_user_policy_D29D7378',
    'aws_iam_user.test_user',
    'aws_iam_user.vault_user',
    'aws_iam_user_policy_attachment.vault_user_policy_attachment_48A2E380',
    'vault_auth_backend.mount',
    'vault_aws_auth_backend_client.client',
    'vault_aws_auth_backend_role.role',
    'vault_policy.policy',
  ]);
});

test('a bind that Vault looks up adds the wait for the key, and changes no other address', () => {
  const bound = synthesizeStack({ login: { boundPrincipals: [BoundPrincipal.user('alice')] } });

  expect(addresses(bound).filter((address) => !addresses(synthesizeStack()).includes(address))).toEqual([
    'terraform_data.client_key_ready_D4A2977F',
  ]);
});

test('a person adds roles and policies on its mount, next to its own role, and Vault may look up for them', () => {
  const stack = new VaultAwsAuthStack(testApp(), 'vault-aws-auth', { vault });
  const policy = new VaultPolicy(stack, 'billing_policy', {
    policyName: 'billing',
    rules: kv2.read('secret', 'billing/*'),
  });
  new IamAuthRole(stack, 'billing', {
    mount: stack.mount,
    roleName: 'billing',
    boundPrincipals: [BoundPrincipal.role('billing')],
    policies: [policy, 'shared'],
  });
  const synthesized = JSON.parse(Testing.synth(stack)) as Synthesized;

  expect(addresses(synthesized)).toEqual(expect.arrayContaining(addresses(synthesizeStack())));
  expect(synthesized.resource.vault_aws_auth_backend_role!.billing).toMatchObject({
    backend: '${vault_auth_backend.mount.path}',
    token_policies: ['${vault_policy.billing_policy.name}', 'shared'],
    depends_on: expect.arrayContaining(['vault_aws_auth_backend_client.client']) as unknown,
  });
  expect(JSON.stringify(synthesized.resource.aws_iam_policy)).toContain('iam:GetRole');
  expect(stack.role.node.path).toBe('vault-aws-auth/role');
});

describe('settings', () => {
  test('can change every name, path and TTL', () => {
    const text = JSON.stringify(
      synthesizeStack({
        vault: { ...vault, mountPath: 'my_mount', serverIdHeader: 'my-header' },
        aws: {
          region: 'eu-west-1',
          tags: { team: 'my-team' },
          vaultUser: { userName: 'my_vault', path: '/my_path/', policyName: 'my_policy' },
          testUser: { userName: 'my_test', path: '/my_test_path/' },
        },
        login: {
          role: { roleName: 'my_role', tokenTtl: Duration.seconds(11), tokenMaxTtl: Duration.seconds(22) },
          boundPrincipals: [BoundPrincipal.user('my_user')],
          policy: { policyName: 'my_vault_policy', rules: [{ path: 'my/secret', capabilities: ['read'] }] },
        },
      }).resource,
    );

    for (const set of [
      'my_mount',
      'my-header',
      'my_vault',
      '/my_path/',
      'my_policy',
      'my_test',
      '/my_test_path/',
      'my_role',
      '"token_ttl":11',
      '"token_max_ttl":22',
      'user/my_user',
      'my_vault_policy',
      'my/secret',
    ]) {
      expect(text).toContain(set);
    }
    for (const defaultName of ['aws_test', 'vault_auth"', 'dev_', 'VaultAuthUser', 'vault.example.com']) {
      expect(text).not.toContain(`"${defaultName}`);
    }
  });

  test('can leave the test user out, with its outputs', () => {
    const production = synthesizeStack({ aws: { testUser: false } });

    expect(Object.keys(production.resource.aws_iam_user!)).toEqual(['vault_user']);
    expect(Object.keys(production.output!)).toEqual([
      'login_command',
      'mount_accessor',
      'mount_path',
      'role_name',
    ]);
  });

  test('can ask for no server ID header', () => {
    const stack = synthesizeStack({ vault: { ...vault, serverIdHeader: false } });

    expect(stack.resource.vault_aws_auth_backend_client!.client).not.toHaveProperty(
      'iam_server_id_header_value',
    );
    expect(stack.output!.login_command!.value).not.toContain('header_value');
  });

  test('are all in the login command: the namespace, the header, and the region of STS', () => {
    const commandOf = (more: Partial<Settings['vault']>) =>
      synthesizeStack({ vault: { ...vault, ...more } }).output!.login_command!.value.replace(
        /\$\{[^}]*\}/g,
        '…',
      );

    expect(commandOf({})).toBe('vault login -method=aws -path=… header_value=vault.example.com role=…');
    expect(
      commandOf({
        namespace: 'teams/payments',
        awsEndpoints: { sts: { url: 'https://sts.eu-central-1.amazonaws.com', region: 'eu-central-1' } },
      }),
    ).toBe(
      'vault login -namespace=teams/payments -method=aws -path=… header_value=vault.example.com region=eu-central-1 role=…',
    );
    expect(commandOf({ namespace: 'team a', serverIdHeader: "it's;here" })).toBe(
      String.raw`vault login -namespace='team a' -method=aws -path=… header_value='it'\''s;here' role=…`,
    );
  });

  test('reach the AWS provider: region, tags, endpoints', () => {
    const { provider } = synthesizeStack({
      aws: { region: 'eu-west-1', tags: { team: 'a' }, endpoints: { iam: 'https://iam.local' } },
    });

    expect(provider!.aws![0]).toEqual({
      region: 'eu-west-1',
      default_tags: [{ tags: { team: 'a' } }],
      endpoints: [{ iam: 'https://iam.local' }],
    });
  });

  test('with an invalid address are refused', () => {
    const app = testApp();
    new VaultAwsAuthStack(app, 'vault-aws-auth', { vault: { address: 'vault.example.com' } });

    expect(() => synth(app)).toThrow(InvalidAppError);
    expect(() => synth(app)).toThrow(
      "[vault-aws-auth] vault.address: must be Vault's http or https address, such as https://vault.example.com:8200; got 'vault.example.com'",
    );
  });
});

describe('the Terraform state', () => {
  const backendOf = (backend?: Settings['backend']) => synthesizeStack({ backend }).terraform.backend;

  test('is kept outside cdk.out by default', () => {
    expect(backendOf()).toEqual({ local: { path: '../../../state/vault-aws-auth.tfstate' } });
  });

  test('can be in S3, encrypted and with a lock file', () => {
    expect(backendOf({ kind: 's3', bucket: 'b', region: 'eu-west-1' })).toEqual({
      s3: {
        bucket: 'b',
        region: 'eu-west-1',
        key: 'vault-aws-auth.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  test('can be in HCP Terraform', () => {
    const { terraform } = synthesizeStack({
      backend: { kind: 'hcp-terraform', organization: 'o', workspace: 'w' },
    });

    expect(terraform.cloud).toEqual({ organization: 'o', workspaces: { name: 'w' } });
  });
});

describe('local state', () => {
  let project: string;
  beforeEach(() => (project = mkdtempSync(join(tmpdir(), 'state-'))));
  afterEach(() => rmSync(project, { recursive: true }));

  test.each([undefined, { kind: 'local' as const, folder: 'secret/state' }])(
    'is in a folder that only its owner can read: %j',
    (backend) => {
      const folder = join(project, backend?.folder ?? 'state');
      mkdirSync(folder, { recursive: true, mode: 0o755 });

      protectLocalState(join(project, 'cdk.out'), backend);

      expect(statSync(folder).mode & 0o777).toBe(0o700);
    },
  );

  test.each(['', '.', '..', '../elsewhere', '/var/state'])('must not be in %j', (folder) => {
    const app = testApp();
    new VaultAwsAuthStack(app, 'vault-aws-auth', { vault, backend: { kind: 'local', folder } });

    expect(() => synth(app)).toThrow(
      `[vault-aws-auth] backend.folder: must be a separate folder next to cdk.out, such as 'state'; got '${folder}'`,
    );
  });
});

test('no secret is written: the key pairs are references', () => {
  expect(synthesizeStack().output!.test_user_secret_access_key).toMatchObject({
    sensitive: true,
    value: '${aws_iam_access_key.test_user_access_key_888DF70D.secret}',
  });
});
