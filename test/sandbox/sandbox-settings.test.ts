import type { SandboxRecord } from '../../sandbox/sandbox-folder';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import type { LoginSettings, Settings } from '../../lib/constructs/stacks';
import { BoundPrincipal } from '../../lib/constructs/vault';

// What is read of a record.
const record = {
  vault: { address: 'http://127.0.0.1:1' },
  aws: { endpoint: 'http://127.0.0.1:2' },
} as SandboxRecord;

const MINE: Settings = {
  vault: { address: 'https://vault.example.com:8200', mountPath: 'aws', serverIdHeader: 'vault' },
  aws: { region: 'eu-central-1', testUser: false, vaultUser: { userName: 'vault' } },
  login: {
    boundPrincipals: [BoundPrincipal.user('alice')],
    role: { roleName: 'app', acknowledge: { 'long-ttl': 'a reason' } },
  },
  acknowledge: { 'bind-all-principals': 'a reason' },
  adopt: {
    imports: [{ to: 'vault_auth_backend.mount', id: 'aws' }],
    mount: { description: '' },
    client: { keepsAccessKey: true },
  },
  backend: { kind: 's3', bucket: 'state', region: 'eu-central-1' },
};

describe('a person’s settings, on the sandbox', () => {
  const settings = sandboxSettings(MINE, record);

  test('adopt nothing, for nothing of theirs is in it', () => {
    expect(settings.adopt).toBeUndefined();
  });

  test('reach the sandbox’s Vault and AWS, and keep the state in its folder', () => {
    expect(settings.vault).toMatchObject({
      address: 'http://127.0.0.1:1',
      awsEndpoints: {
        iam: 'http://127.0.0.1:2',
        sts: { url: 'http://127.0.0.1:2' },
        ec2: 'http://127.0.0.1:2',
      },
    });
    expect(settings.backend).toEqual({ kind: 'local' });
  });

  test('let all users in, without what was acknowledged of other principals, and have a test user', () => {
    expect(settings.login).toEqual({ role: { roleName: 'app' } });
    expect(settings.acknowledge).toBeUndefined();
    expect(settings.aws!.testUser).toEqual({});
  });

  test('are theirs else', () => {
    expect(settings).toMatchObject({
      vault: { mountPath: 'aws', serverIdHeader: 'vault' },
      aws: { vaultUser: { userName: 'vault' } },
      login: { role: { roleName: 'app' } },
    });
  });

  test('let all users in by each role of a list', () => {
    const other = { ...MINE.login, role: { roleName: 'other', acknowledge: { 'long-ttl': 'a reason' } } };
    const { login } = sandboxSettings({ ...MINE, login: [MINE.login as LoginSettings, other] }, record);

    expect(login).toEqual([
      { boundPrincipals: [expect.any(BoundPrincipal)], role: { roleName: 'app' } },
      { boundPrincipals: [expect.any(BoundPrincipal)], role: { roleName: 'other' } },
    ]);
    expect(JSON.stringify(login)).not.toContain('alice');
  });
});
