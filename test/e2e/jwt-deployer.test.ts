import { createSign, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployerRules } from '../../lib/vault';
import { renderHcl } from '../../lib/policy';
import { sandboxSettings } from '../../lib/sandbox/sandbox-settings';
import { VaultAwsAuthStack } from '../../lib/stacks';
import { testApp } from '../support/app';
import { GUIDE, TestSandbox } from './support/test-sandbox';

// GitHub signs with a key of its own; here it is the test's.
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'https://vault.example.com';

/** A token as GitHub gives it to a job, with some of its claims. */
function tokenOf(claims: Record<string, string | number> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const body = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'repo:example/vault-aws-auth:ref:refs/heads/main',
    repository: 'example/vault-aws-auth',
    ref: 'refs/heads/main',
    iat: now,
    nbf: now,
    exp: now + 300,
    ...claims,
  };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(body)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
}

const logIn = async (role: string, claims?: Record<string, string | number>) =>
  (
    await sandbox.vault<{ auth: { client_token: string; token_policies: string[]; lease_duration: number } }>(
      'POST',
      'auth/github/login',
      { role, jwt: tokenOf(claims) },
      '',
    )
  ).auth;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
  const stack = new VaultAwsAuthStack(testApp(), 'vault-aws-auth', sandboxSettings(GUIDE, sandbox.record));
  for (const deployment of ['plan', 'apply'] as const) {
    const policy = renderHcl(deployerRules(stack, deployment));
    await sandbox.vault('POST', `sys/policies/acl/vault-aws-auth-${deployment}`, { policy });
  }
  // The commands of the workflow's comment, but for the key, which Vault gets from GitHub there.
  await sandbox.vault('POST', 'sys/auth/github', { type: 'jwt' });
  await sandbox.vault('POST', 'auth/github/config', {
    jwt_validation_pubkeys: [publicKey.export({ type: 'spki', format: 'pem' })],
    bound_issuer: ISSUER,
  });
  for (const [role, bound_claims] of Object.entries(ROLES)) {
    await sandbox.vault('POST', `auth/github/role/vault-aws-auth-${role}`, {
      role_type: 'jwt',
      user_claim: 'repository',
      bound_audiences: [AUDIENCE],
      bound_claims,
      token_policies: [`vault-aws-auth-${role}`],
      token_no_default_policy: true,
      token_ttl: '15m',
      token_max_ttl: '15m',
    });
  }
});
afterAll(() => sandbox.stop());

const repository = 'example/vault-aws-auth';
const ROLES = { plan: { repository }, apply: { repository, ref: 'refs/heads/main' } };

test('a job of the main branch applies with the token that it gets for its own', async () => {
  const auth = await logIn('vault-aws-auth-apply');
  expect(auth).toMatchObject({ token_policies: ['vault-aws-auth-apply'], lease_duration: 900 });

  sandbox.synth(GUIDE);
  await sandbox.mustSucceed('init', '-input=false');
  const args = ['apply', '-input=false', '-auto-approve'];
  expect((await sandbox.terraformAs(auth.client_token, ...args)).exitCode).toBe(0);
});

test('a job of another branch plans', async () => {
  const { client_token } = await logIn('vault-aws-auth-plan', { ref: 'refs/pull/1/merge' });

  sandbox.synth(GUIDE);
  expect((await sandbox.terraformAs(client_token, 'plan', '-input=false')).exitCode).toBe(0);
});

test.each<[string, string, Record<string, string | number>]>([
  ['another branch', 'apply', { ref: 'refs/heads/feature' }],
  ['another repository', 'plan', { repository: 'example/fork' }],
  ['another issuer', 'plan', { iss: 'https://issuer.example.com' }],
  ['a token for another audience', 'plan', { aud: 'https://other.example.com' }],
  ['a token that is over', 'plan', { nbf: 1_600_000_000, iat: 1_600_000_000, exp: 1_600_000_300 }],
])('%s is refused', async (_, role, claims) => {
  await expect(logIn(`vault-aws-auth-${role}`, claims)).rejects.toMatchObject({ status: 400 });
});

test('the workflow’s comment has the roles that were tried here', () => {
  const workflow = readFileSync(join(__dirname, '../../examples/workflows/deploy.yml'), 'utf8');

  for (const [role, claims] of Object.entries(ROLES)) {
    expect(workflow).toContain(`auth/github/role/vault-aws-auth-${role}`);
    expect(workflow).toContain(
      `"bound_claims": ${JSON.stringify(claims).replaceAll('":"', '": "').replaceAll(',', ', ')}`,
    );
  }
});
