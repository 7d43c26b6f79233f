import { generateKeyPairSync } from 'node:crypto';
import { aws, database, pki, type PolicyRule, ssh, transit } from '../../../lib/policy';
import { SANDBOX_REGION } from '../../../sandbox/region';
import { type Ask, isAllowed, tokenWith } from '../support/policy-token';
import { TestSandbox } from '../support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  for (const type of ['transit', 'pki', 'ssh', 'aws', 'database']) {
    await sandbox.vault('POST', `sys/mounts/${type}`, { type });
  }
});
afterAll(() => sandbox.stop());

type Requests = Record<string, Ask>;

const get = (path: string): Ask => ({ method: 'GET', path });
const post = (path: string, body: object = {}): Ask => ({ method: 'POST', path, body });

/** The requests that the rules allow, out of those of the whole engine. */
async function allowed(rules: readonly PolicyRule[], requests: Requests): Promise<string[]> {
  const token = await tokenWith(sandbox, rules);
  const found: string[] = [];
  for (const [name, request] of Object.entries(requests)) {
    if (await isAllowed(sandbox, token, request)) {
      found.push(name);
    }
  }
  return found;
}

describe('transit: on its key, and on no other,', () => {
  const input = Buffer.from('secret').toString('base64');
  let requests: Requests;

  beforeAll(async () => {
    const results: Record<string, string> = {};
    for (const key of ['app', 'other']) {
      // The one type that can do all of it.
      await sandbox.vault('POST', `transit/keys/${key}`, { type: 'rsa-2048' });
      const encrypted = await sandbox.vault<{ data: { ciphertext: string } }>(
        'POST',
        `transit/encrypt/${key}`,
        {
          plaintext: input,
        },
      );
      const signed = await sandbox.vault<{ data: { signature: string } }>('POST', `transit/sign/${key}`, {
        input,
      });
      results[`${key} ciphertext`] = encrypted.data.ciphertext;
      results[`${key} signature`] = signed.data.signature;
    }
    const on = (key: string): Requests => ({
      [`encrypt ${key}`]: post(`transit/encrypt/${key}`, { plaintext: input }),
      [`decrypt ${key}`]: post(`transit/decrypt/${key}`, { ciphertext: results[`${key} ciphertext`] }),
      [`rewrap ${key}`]: post(`transit/rewrap/${key}`, { ciphertext: results[`${key} ciphertext`] }),
      [`datakey plaintext ${key}`]: post(`transit/datakey/plaintext/${key}`),
      [`datakey wrapped ${key}`]: post(`transit/datakey/wrapped/${key}`),
      [`sign ${key}`]: post(`transit/sign/${key}`, { input }),
      [`sign ${key} by algorithm`]: post(`transit/sign/${key}/sha2-512`, { input }),
      [`verify ${key}`]: post(`transit/verify/${key}`, { input, signature: results[`${key} signature`] }),
      [`hmac ${key}`]: post(`transit/hmac/${key}`, { input }),
      [`read ${key}`]: get(`transit/keys/${key}`),
      [`rotate ${key}`]: post(`transit/keys/${key}/rotate`),
      [`configure ${key}`]: post(`transit/keys/${key}/config`),
    });
    requests = { ...on('app'), ...on('other') };
  });

  test.each<[keyof typeof transit, string]>([
    ['encrypt', 'encrypt app'],
    ['decrypt', 'decrypt app'],
    ['rewrap', 'rewrap app'],
    ['dataKey', 'datakey plaintext app'],
    ['sign', 'sign app'],
    ['verify', 'verify app'],
    ['hmac', 'hmac app'],
  ])('%s allows: %s', async (helper, name) => {
    expect(await allowed(transit[helper]('transit', 'app'), requests)).toEqual([name]);
  });

  test('encrypt makes no key', async () => {
    const token = await tokenWith(sandbox, transit.encrypt('transit', '*'));

    expect(await isAllowed(sandbox, token, post('transit/encrypt/new', { plaintext: input }))).toBe(false);
    expect(await isAllowed(sandbox, token, post('transit/encrypt/app', { plaintext: input }))).toBe(true);
  });
});

describe('pki: by its role, and by no other,', () => {
  const host = { common_name: 'web.example.com' };
  let requests: Requests;

  beforeAll(async () => {
    await sandbox.vault('POST', 'pki/root/generate/internal', { common_name: 'Root', ttl: '24h' });
    for (const role of ['web', 'other']) {
      await sandbox.vault('POST', `pki/roles/${role}`, { allow_any_name: true, ttl: '1h' });
    }
    const { data } = await sandbox.vault<{ data: { csr: string } }>(
      'POST',
      'pki/intermediate/generate/internal',
      host,
    );
    const on = (role: string): Requests => ({
      [`issue ${role}`]: post(`pki/issue/${role}`, host),
      [`issue ${role} by issuer`]: post(`pki/issuer/default/issue/${role}`, host),
      [`sign ${role}`]: post(`pki/sign/${role}`, { ...host, csr: data.csr }),
      [`sign ${role} verbatim`]: post(`pki/sign-verbatim/${role}`, { csr: data.csr, ttl: '1h' }),
      [`read ${role}`]: get(`pki/roles/${role}`),
      [`write ${role}`]: post(`pki/roles/${role}`, { allow_any_name: true }),
    });
    requests = { ...on('web'), ...on('other') };
  });

  test.each<[keyof typeof pki, string]>([
    ['issue', 'issue web'],
    ['sign', 'sign web'],
  ])('%s allows: %s', async (helper, name) => {
    expect(await allowed(pki[helper]('pki', 'web'), requests)).toEqual([name]);
  });
});

test('ssh: sign allows the certificates of its role, and nothing else', async () => {
  await sandbox.vault('POST', 'ssh/config/ca', { generate_signing_key: true });
  for (const role of ['admin', 'other']) {
    await sandbox.vault('POST', `ssh/roles/${role}`, {
      key_type: 'ca',
      allow_user_certificates: true,
      allowed_users: '*',
    });
  }
  const key = { public_key: sshPublicKey(), valid_principals: 'admin' };

  expect(
    await allowed(ssh.sign('ssh', 'admin'), {
      'sign admin': post('ssh/sign/admin', key),
      'sign other': post('ssh/sign/other', key),
      'issue admin': post('ssh/issue/admin', { valid_principals: 'admin' }),
      'read admin': get('ssh/roles/admin'),
      'read the CA': get('ssh/config/ca'),
    }),
  ).toEqual(['sign admin']);
});

test.each<[keyof typeof aws, string[]]>([
  ['creds', ['get creds deploy', 'post creds deploy']],
  ['sts', ['get sts deploy', 'post sts deploy']],
])('aws: %s allows %j', async (helper, names) => {
  const { endpoint, admin } = sandbox.record.aws;
  await sandbox.vault('POST', 'aws/config/root', {
    access_key: admin.accessKeyId,
    secret_key: admin.secretAccessKey,
    iam_endpoint: endpoint,
    sts_endpoint: endpoint,
    region: SANDBOX_REGION,
  });
  for (const role of ['deploy', 'other']) {
    await sandbox.vault('POST', `aws/roles/${role}`, {
      credential_type: 'iam_user',
      policy_document: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
      }),
    });
  }
  const on = (role: string): Requests => ({
    [`get creds ${role}`]: get(`aws/creds/${role}`),
    [`post creds ${role}`]: post(`aws/creds/${role}`),
    [`get sts ${role}`]: get(`aws/sts/${role}`),
    [`post sts ${role}`]: post(`aws/sts/${role}`),
    [`read ${role}`]: get(`aws/roles/${role}`),
  });

  expect(
    await allowed(aws[helper]('aws', 'deploy'), {
      ...on('deploy'),
      ...on('other'),
      'read the root key': get('aws/config/root'),
    }),
  ).toEqual(names);
});

// Without a database behind it: the engine answers, and knows no such role.
test.each<[keyof typeof database, string]>([
  ['creds', 'creds app'],
  ['staticCreds', 'static-creds app'],
])('database: %s passes the ACL to %s, and to nothing else', async (helper, name) => {
  expect(
    await allowed(database[helper]('database', 'app'), {
      'creds app': get('database/creds/app'),
      'creds other': get('database/creds/other'),
      'static-creds app': get('database/static-creds/app'),
      'static-creds other': get('database/static-creds/other'),
      'role app': get('database/roles/app'),
      'connection app': get('database/config/app'),
      'rotate app': post('database/rotate-role/app'),
    }),
  ).toEqual([name]);
});

/** A new public key as OpenSSH writes it. Source: RFC 8709. */
function sshPublicKey(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-ed25519'), Buffer.from(x!, 'base64url')].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return `ssh-ed25519 ${Buffer.concat(parts).toString('base64')}`;
}
