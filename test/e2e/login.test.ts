import { verify, type VerifyReport } from '../../lib/operate/verify';
import { loginFields, signIdentityRequest } from '../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../sandbox/servers';
import { sandboxSettings } from '../../sandbox/sandbox-settings';
import { BoundPrincipal } from '../../lib/constructs/vault';
import { declaredLogin, testUserCredentials } from '../../lib/operate/declared';
import { assumeRole, createRole, withoutEnforcement } from './support/other-account';
import { GUIDE, TestSandbox } from './support/test-sandbox';

type Login = Parameters<typeof verify>[0];

let sandbox: TestSandbox;
let declared: Login;
let testUser: AccessKey;

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.apply();
  declared = {
    ...declaredLogin(sandboxSettings(GUIDE, sandbox.record)),
    stsEndpoint: sandbox.record.aws.endpoint,
  };
  testUser = await testUserCredentials('vault-aws-auth', sandbox.folder.cdkOut, { env: sandbox.env });
});
afterAll(() => sandbox.stop());

const verifyAs = (credentials: AccessKey, changes: Partial<Login> = {}): Promise<VerifyReport> =>
  verify({ ...declared, ...changes }, () => Promise.resolve(credentials));

/** Logs in as the test user, past `verify`. @returns the token */
const logIn = async (fields = {}, credentials: AccessKey = testUser): Promise<string> => {
  const signed = await signIdentityRequest(credentials, {
    serverIdHeader: declared.serverIdHeader,
    ...fields,
  });
  const { auth } = await sandbox.vault<{ auth: { client_token: string } }>(
    'POST',
    'auth/aws_test/login',
    { role: 'dev_role', ...loginFields(signed) },
    '',
  );
  return auth.client_token;
};

test('the test user logs in, with exactly the declared policies and capabilities', async () => {
  expect(await verifyAs(testUser)).toEqual({
    ok: true,
    caller: 'arn:aws:iam::123456789012:user/dev_account',
    role: 'dev_role',
    mountPath: 'aws_test',
    tokenPolicies: ['default', 'dev_policy'],
    identityPolicies: [],
    ttlSeconds: expect.any(Number) as number,
    paths: [
      {
        path: 'secret/data/*',
        declared: ['create', 'read', 'update', 'delete', 'list'],
        actual: ['create', 'read', 'update', 'delete', 'list'],
        agrees: true,
      },
      { path: 'secret/metadata/*', declared: ['list'], actual: ['list'], agrees: true },
    ],
    notChecked: [],
    disagreements: [],
    notRevoked: undefined,
  });
});

test('verify leaves no token behind', async () => {
  const tokens = async () =>
    (await sandbox.vault<{ data: { keys: string[] } }>('GET', 'auth/token/accessors?list=true')).data.keys;
  const before = await tokens();

  await verifyAs(testUser);

  expect(await tokens()).toEqual(before);
});

describe('the token of a login', () => {
  let token: string;
  beforeAll(async () => {
    token = await logIn();
  });

  test('writes and reads what the policy allows', async () => {
    await sandbox.vault('POST', 'secret/data/app', { data: { colour: 'blue' } }, token);

    const { data } = await sandbox.vault<{ data: { data: object } }>(
      'GET',
      'secret/data/app',
      undefined,
      token,
    );
    expect(data.data).toEqual({ colour: 'blue' });
  });

  test.each<['GET' | 'POST', string, object | undefined]>([
    ['GET', 'secret/metadata/app', undefined],
    ['POST', 'secret/destroy/app', { versions: [1] }],
    ['GET', 'sys/policies/acl/dev_policy', undefined],
    ['GET', 'auth/aws_test/config/client', undefined],
    ['POST', 'auth/aws_test/role/dev_role', { token_policies: ['root'] }],
  ])('is refused what the policy forbids: %s %s', async (method, path, body) => {
    await expect(sandbox.vault(method, path, body, token)).rejects.toMatchObject({
      status: 403,
      errors: [expect.stringContaining('permission denied')],
    });
  });
});

describe('a login is refused, and its cause said, with', () => {
  const causeOf = async (credentials: AccessKey, changes?: Partial<Login>) => {
    const { ok, failure } = await verifyAs(credentials, changes);
    expect(ok).toBe(false);
    return failure!.cause;
  };

  test('a wrong secret', async () => {
    expect(await causeOf({ ...testUser, secretAccessKey: 'wrong' })).toBe(
      'STS, or the server that Vault takes for STS, did not confirm the signature of the login.',
    );
  });

  test('another server ID header', async () => {
    expect(await causeOf(testUser, { serverIdHeader: 'other-vault' })).toBe(
      "The mount asks for X-Vault-AWS-IAM-Server-ID '127.0.0.1', and the login carried 'other-vault'.",
    );
  });

  test('no server ID header', async () => {
    expect(await causeOf(testUser, { serverIdHeader: undefined })).toBe(
      'The mount asks for the header X-Vault-AWS-IAM-Server-ID, and the login did not carry it.',
    );
  });

  test('a server ID header that is not signed', async () => {
    const { headers, ...signed } = await signIdentityRequest(testUser);
    const withHeader = { ...signed, headers: { ...headers, 'X-Vault-AWS-IAM-Server-ID': '127.0.0.1' } };

    await expect(
      sandbox.vault('POST', 'auth/aws_test/login', { role: 'dev_role', ...loginFields(withHeader) }, ''),
    ).rejects.toMatchObject({ errors: [expect.stringContaining("vault header wasn't signed")] });
  });

  test('a principal of another account', async () => {
    const credentials = await withoutEnforcement(sandbox, async () => {
      const outsider = await assumeRole(sandbox, 'outsider', '222222222222');
      return sandbox.createUser('dev_account', sandbox.iam(outsider));
    });

    expect(await causeOf(credentials)).toMatch(
      /account 222222222222|'arn:aws:iam::222222222222:user\/dev_account'/,
    );
  });

  test('a role where only users are bound', async () => {
    await createRole({ iam: sandbox.iam() }, 'app');

    expect(await causeOf(await assumeRole(sandbox, 'app'))).toBe(
      "The caller is the role 'app', and Vault's own credentials may not look up roles, as a wildcard bind needs.",
    );
  });

  test('an unknown role', async () => {
    expect(await causeOf(testUser, { role: 'no_role' })).toBe(
      "There is no role 'no_role' on the mount 'aws_test'.",
    );
  });

  test('a mount that is not there', async () => {
    expect(await causeOf(testUser, { mountPath: 'no_mount' })).toMatch(
      /^Vault has no AWS auth method at 'no_mount'/,
    );
  });

  test('a Vault that is not there', async () => {
    expect(await causeOf(testUser, { vaultAddress: 'http://127.0.0.1:9' })).toBe(
      "Vault did not answer at 'http://127.0.0.1:9'.",
    );
  });

  test('no credentials', async () => {
    const { failure } = await verify(declared, () => Promise.reject(new Error('Could not load credentials')));

    expect(failure!.cause).toMatch(/^No AWS credentials were found/);
  });

  test('Vault’s own key gone', async () => {
    const client = 'auth/aws_test/config/client';
    await sandbox.vault('POST', client, { access_key: 'AKIAIOSFODNN7EXAMPLE', secret_key: 'gone' });
    try {
      const bob = await sandbox.createUser('bob');
      expect(await causeOf(bob)).toBe(
        "AWS refuses the credentials that Vault itself uses, those of 'auth/aws_test/config/client'.",
      );
    } finally {
      await sandbox.apply();
    }
  });
});

test('what somebody changed in Vault by hand is a disagreement', async () => {
  await sandbox.vault('POST', 'sys/policies/acl/extra', {
    policy: 'path "sys/*" { capabilities = ["sudo"] }',
  });
  await sandbox.vault('POST', 'auth/aws_test/role/dev_role', { token_policies: ['dev_policy', 'extra'] });
  await sandbox.vault('POST', 'sys/policies/acl/dev_policy', {
    policy: 'path "secret/data/*" { capabilities = ["read"] }',
  });
  try {
    const { ok, disagreements } = await verifyAs(testUser);

    expect(ok).toBe(false);
    expect(disagreements).toEqual([
      expect.stringContaining("'extra'"),
      "path 'secret/data/*': declared create, read, update, delete, list; Vault gives read",
      "path 'secret/metadata/*': declared list; Vault gives deny",
    ]);
  } finally {
    await sandbox.apply();
  }
});

test('a principal bound by its exact ARN, not resolved, logs in though Vault may look nothing up', async () => {
  const { login, ...settings } = sandboxSettings(GUIDE, sandbox.record);
  try {
    await sandbox.apply(
      {
        ...settings,
        login: {
          ...login,
          boundPrincipals: [BoundPrincipal.user('dev_account')],
          role: { roleName: 'exact', resolveAwsUniqueIds: false },
        },
      },
      true,
    );

    expect(await verifyAs(testUser, { role: 'exact' })).toMatchObject({ ok: true });
    expect((await verifyAs(await sandbox.createUser('carol'), { role: 'exact' })).failure!.cause).toBe(
      "The caller 'arn:aws:iam::123456789012:user/carol' is not among the bound principals of the role 'exact'.",
    );
  } finally {
    await sandbox.apply();
  }
});

describe('a token that may not look itself up', () => {
  afterEach(() => sandbox.apply());

  test.each<[string, object, string[]]>([
    [
      'it has no policy default',
      { token_no_default_policy: true },
      [
        expect.stringMatching(/^the capabilities of the token: .*403.*'default'/),
        expect.stringMatching(/TTL/),
      ] as string[],
    ],
    [
      'it may be used once',
      { token_num_uses: 1 },
      [
        expect.stringMatching(/^the capabilities of the token: token_num_uses=1/),
        expect.stringMatching(/TTL/),
      ] as string[],
    ],
  ])('leaves lines that say what was not checked, and no exit code 0: %s', async (_, change, notChecked) => {
    await sandbox.vault('POST', 'auth/aws_test/role/dev_role', change);

    const report = await verifyAs(testUser);

    expect(report).toMatchObject({ ok: false, notChecked });
    expect(report.failure).toBeUndefined();
  });
});

test('a Vault that is sealed is said to be sealed', async () => {
  await sandbox.vault('POST', 'sys/seal');

  expect((await verifyAs(testUser)).failure!.cause).toBe(`Vault at '${declared.vaultAddress}' is sealed.`);
});
