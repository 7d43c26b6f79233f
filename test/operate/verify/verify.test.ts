import { verify } from '../../../lib/operate/verify';
import { type Answer, VaultStandIn } from './vault-stand-in';

const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'the-secret-key',
  sessionToken: 'the-session-token',
};
const TOKEN = 'hvs.the-token';
const ARN = 'arn:aws:iam::123456789012:user/dev_account';
const LOGIN_PATH = 'auth/aws_test/login';
const POLICIES = [
  { name: 'dev_policy', rules: [{ path: 'secret/data/*', capabilities: ['read'] as const }] },
];

const AUTH = {
  client_token: TOKEN,
  token_type: 'service',
  token_policies: ['default', 'dev_policy'],
  metadata: { account_id: '123456789012', auth_type: 'iam' },
  lease_duration: 3600,
  num_uses: 0,
};

const FORBIDDEN: Answer = { status: 403, body: { errors: ['1 error occurred:\n\t* permission denied\n\n'] } };

const answering = (auth: object): Answer => ({ status: 200, body: { auth: { ...AUTH, ...auth } } });

const USUAL: Record<string, Answer> = {
  [LOGIN_PATH]: answering({}),
  'sys/capabilities-self': { status: 200, body: { data: { 'secret/data/*': ['read'] } } },
  'auth/token/lookup-self': { status: 200, body: { data: { ttl: 3599, id: TOKEN } } },
  'auth/token/revoke-self': { status: 204 },
  '/': { status: 200, body: `<GetCallerIdentityResponse><Arn>${ARN}</Arn></GetCallerIdentityResponse>` },
};

let vault: VaultStandIn;
afterEach(() => vault.stop());

async function verifyAgainst(
  changes: Record<string, Answer>,
  {
    policies = POLICIES,
    provider = () => Promise.resolve(CREDENTIALS),
    signal = undefined as AbortSignal | undefined,
  } = {},
) {
  vault = new VaultStandIn({ ...USUAL, ...changes });
  const vaultAddress = await vault.start();
  const login = {
    vaultAddress,
    stsEndpoint: vaultAddress,
    mountPath: 'aws_test',
    role: 'dev_role',
    policies,
  };
  return verify(login, provider, { signal });
}

test('a login that is as declared is reported with all that it gave', async () => {
  expect(await verifyAgainst({})).toEqual({
    ok: true,
    caller: ARN,
    role: 'dev_role',
    mountPath: 'aws_test',
    tokenPolicies: ['default', 'dev_policy'],
    identityPolicies: [],
    ttlSeconds: 3599,
    paths: [{ path: 'secret/data/*', declared: ['read'], actual: ['read'], agrees: true }],
    notChecked: [],
    disagreements: [],
    notRevoked: undefined,
  });
});

test('a path and a policy that differ are said, and it is not ok', async () => {
  const report = await verifyAgainst({
    [LOGIN_PATH]: answering({ identity_policies: ['team'] }),
    'sys/capabilities-self': { status: 200, body: { data: { 'secret/data/*': ['deny'] } } },
  });
  expect(report).toMatchObject({
    ok: false,
    identityPolicies: ['team'],
    disagreements: [
      "policy 'team': the token has it, and it is not declared for role 'dev_role'",
      "path 'secret/data/*': declared read; Vault gives deny",
    ],
  });
});

test('the login is for the STS that Vault asks, not for the one that is asked from here', async () => {
  await verifyAgainst({});
  const { role, iam_request_url } = JSON.parse(vault.bodies[0]!) as Record<string, string>;
  expect(role).toBe('dev_role');
  expect(Buffer.from(iam_request_url!, 'base64').toString()).toBe('https://sts.amazonaws.com/');
});

describe('the ARN of the caller', () => {
  test.each([
    ['client_arn', { client_arn: 'from Vault', canonical_arn: 'shortened' }],
    ['canonical_arn', { canonical_arn: 'from Vault' }],
  ])("is the %s of Vault's metadata where it is there, and STS is not asked", async (_, metadata) => {
    expect(await verifyAgainst({ [LOGIN_PATH]: answering({ metadata }) })).toMatchObject({
      caller: 'from Vault',
    });
    expect(vault.asked).not.toContain('/');
  });

  test('is said to be unknown where neither Vault nor STS says it', async () => {
    const report = await verifyAgainst({ '/': { status: 403, body: '<ErrorResponse/>' } });
    expect(report.ok).toBe(true);
    expect(report.caller).toBeUndefined();
    expect(report.notChecked).toEqual([
      expect.stringMatching(
        /^the ARN of the caller: Vault does not say it \(iam_metadata of 'auth\/aws_test\/config\/identity' has no client_arn\), nor does STS: STS at 'http:\/\/127\.0\.0\.1:\d+\/' answered 403$/,
      ),
    ]);
  });
});

describe('a token that may not look at itself', () => {
  test('is not ok, and says what was not checked, and that it lives on', async () => {
    const refused = (request: string) =>
      `Vault answered ${request} with 403: 1 error occurred: * permission denied ` +
      "(the policy 'default' would allow it; is token_no_default_policy set?)";
    const report = await verifyAgainst({
      'sys/capabilities-self': FORBIDDEN,
      'auth/token/lookup-self': FORBIDDEN,
      'auth/token/revoke-self': FORBIDDEN,
    });
    expect(report).toMatchObject({
      ok: false,
      ttlSeconds: 3600,
      paths: [{ path: 'secret/data/*', declared: ['read'] }],
      notChecked: [
        `the capabilities of the token: ${refused('POST sys/capabilities-self')}`,
        `the remaining TTL, so that of the login is shown: ${refused('GET auth/token/lookup-self')}`,
      ],
      notRevoked: `${refused('POST auth/token/revoke-self')}; it ends by itself within 3600 s`,
      disagreements: [],
    });
  });

  test.each([
    [1, false, [LOGIN_PATH, '/', 'auth/token/revoke-self']],
    [2, true, [LOGIN_PATH, 'sys/capabilities-self', '/', 'auth/token/revoke-self']],
    [3, true, [LOGIN_PATH, 'sys/capabilities-self', 'auth/token/lookup-self', '/', 'auth/token/revoke-self']],
  ])('because it has %d uses keeps the last for its revocation', async (num_uses, ok, asked) => {
    const report = await verifyAgainst({ [LOGIN_PATH]: answering({ num_uses }) });
    expect(report.ok).toBe(ok);
    expect(vault.asked).toEqual(asked);
  });
});

test('without rules there is nothing to ask Vault about, which it would refuse', async () => {
  const report = await verifyAgainst({}, { policies: [{ name: 'dev_policy', rules: [] as never }] });
  expect(report.ok).toBe(true);
  expect(vault.asked).not.toContain('sys/capabilities-self');
});

describe('the token is revoked', () => {
  test('with itself, at the end', async () => {
    await verifyAgainst({});
    expect(vault.asked.at(-1)).toBe('auth/token/revoke-self');
    expect(vault.tokens.at(-1)).toBe(TOKEN);
  });

  test('also where the check is stopped meanwhile', async () => {
    const stop = new AbortController();
    const report = await verifyAgainst(
      { 'sys/capabilities-self': { status: 200, body: {}, meanwhile: () => stop.abort() } },
      { signal: stop.signal },
    );
    expect(report).toMatchObject({
      ok: false,
      failure: { cause: 'The check was stopped before it was done.' },
    });
    expect(vault.asked).toEqual([LOGIN_PATH, 'sys/capabilities-self', 'auth/token/revoke-self']);
  });

  test('also where the check is stopped while Vault logs in', async () => {
    const stop = new AbortController();
    const meanwhile = () => stop.abort();
    await verifyAgainst({ [LOGIN_PATH]: { ...answering({}), meanwhile } }, { signal: stop.signal });
    expect(vault.asked).toEqual([LOGIN_PATH, 'auth/token/revoke-self']);
  });

  test('also where Vault answers something unheard of', async () => {
    const report = await verifyAgainst({ 'sys/capabilities-self': { status: 200, body: 'null' } });
    expect(report.ok).toBe(false);
    expect(report.failure?.cause).toMatch(/not known here/);
    expect(vault.asked.at(-1)).toBe('auth/token/revoke-self');
  });

  test.each([
    ['a batch token', { errors: ['batch tokens cannot be revoked'] }, 'batch tokens cannot be revoked'],
    ['an odd answer', { errors: [] }, 'no text'],
  ])('or it is said why not: %s', async (_, body, why) => {
    const report = await verifyAgainst({ 'auth/token/revoke-self': { status: 400, body } });
    expect(report).toMatchObject({
      ok: true,
      notRevoked: `Vault answered POST auth/token/revoke-self with 400: ${why}; it ends by itself within 3600 s`,
    });
  });
});

describe('where there is no token', () => {
  test('a refused login is diagnosed', async () => {
    const body = { errors: ['entry for role dev_role not found'] };
    const report = await verifyAgainst({ [LOGIN_PATH]: { status: 400, body } });
    expect(report).toMatchObject({
      ok: false,
      failure: { cause: "There is no role 'dev_role' on the mount 'aws_test'." },
    });
    expect(vault.asked).toEqual([LOGIN_PATH]);
  });

  test('a second factor that Vault asks for is diagnosed', async () => {
    const report = await verifyAgainst({
      [LOGIN_PATH]: answering({ client_token: '', mfa_requirement: {} }),
    });
    expect(report.failure?.cause).toBe(
      "Vault asks for a second factor at logins through the mount 'aws_test'.",
    );
  });

  test('missing AWS credentials are diagnosed, and Vault is not asked', async () => {
    const provider = () => Promise.reject(new Error('Could not load credentials from any providers'));
    const report = await verifyAgainst({}, { provider });
    expect(report.failure?.detail).toBe('Could not load credentials from any providers');
    expect(vault.asked).toEqual([]);
  });

  test('because the check was stopped before, Vault is not asked', async () => {
    const report = await verifyAgainst({}, { signal: AbortSignal.abort() });
    expect(report.failure?.cause).toBe('The check was stopped before it was done.');
    expect(vault.asked).toEqual([]);
  });
});

describe('no secret is in the report', () => {
  const SECRETS = new RegExp([CREDENTIALS.secretAccessKey, CREDENTIALS.sessionToken, TOKEN].join('|'));

  test('of a login that succeeds', async () => {
    expect(JSON.stringify(await verifyAgainst({}))).not.toMatch(SECRETS);
  });

  test('of one where STS quotes what was sent', async () => {
    const quoted = `x-amz-security-token:${CREDENTIALS.sessionToken}`;
    const text = `error making upstream request: received error code 403 from STS: SignatureDoesNotMatch ${quoted}`;
    const report = await verifyAgainst({ [LOGIN_PATH]: { status: 400, body: { errors: [text] } } });
    expect(JSON.stringify(report)).not.toMatch(SECRETS);
    expect(report.failure?.detail).toMatch(/x-amz-security-token:\*\*\*$/);
  });
});
