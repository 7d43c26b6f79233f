import { describe as describeLive } from '../../../lib/operate/adopt/describe';
import type { Live, LiveMethod } from '../../../lib/operate/adopt/live';
import type { LiveClient, LiveRole } from '../../../lib/vault-api';
import { settingsFile } from '../../../lib/operate/adopt/settings-file';
import { valueOf } from '../../../lib/operate/adopt/source';
import { checkStack, type Settings } from '../../../lib/constructs/stacks';
import type { PolicyFile } from '../../../lib/policy';
import { LIVE_GUIDE } from './live-guide';

const place = { vaultAddress: 'https://vault.example.com:8200' };

const withMethod = (method: Partial<LiveMethod>): Live => ({
  ...LIVE_GUIDE,
  method: { ...LIVE_GUIDE.method, ...method },
});
const withRole = (role: Partial<LiveRole>) => withMethod({ role: { ...LIVE_GUIDE.method.role, ...role } });
const withClient = (client: Partial<LiveClient>) =>
  withMethod({ client: { ...LIVE_GUIDE.method.client, ...client } });

/** The text of the settings that describe it, which the stack must take. */
async function textOf(live: Live): Promise<string> {
  const { settings } = describeLive(live, place);
  expect(checkStack(valueOf(settings) as Settings).problems).toEqual([]);
  return settingsFile(settings);
}

test('the guide, followed by hand', async () => {
  expect(await textOf(LIVE_GUIDE)).toBe(`import { Duration } from 'aws-cdk-lib/core';
import { BoundPrincipal, type Settings } from './lib/constructs';

/**
 * What \`npx vault-aws-auth adopt\` found. Each setting is described in lib/constructs/stacks/settings.ts.
 *
 * \`adopt\` keeps what exists as it is. You can remove it part by part; the next plan shows each change.
 */
export const settings: Settings = {
  vault: { address: 'https://vault.example.com:8200', mountPath: 'aws_test', serverIdHeader: false },
  aws: {
    tags: {},
    vaultUser: { userName: 'vault_auth', path: '/', policyName: 'VaultAuthUser' },
    testUser: false,
  },
  login: {
    role: { roleName: 'dev_role', tokenTtl: Duration.seconds(0), tokenMaxTtl: Duration.seconds(0) },
    boundPrincipals: [BoundPrincipal.allUsers()],
    policy: { policyName: 'dev_policy', rules: [{ path: 'secret/data/*', capabilities: ['read'] }] },
  },
  adopt: {
    imports: [
      { to: 'vault_auth_backend.mount', id: 'aws_test' },
      { to: 'aws_iam_user.vault_user', id: 'vault_auth' },
      {
        to: 'aws_iam_policy.vault_user_policy_D29D7378',
        id: 'arn:aws:iam::123456789012:policy/VaultAuthUser',
      },
      {
        to: 'aws_iam_user_policy_attachment.vault_user_policy_attachment_48A2E380',
        id: 'vault_auth/arn:aws:iam::123456789012:policy/VaultAuthUser',
      },
      { to: 'aws_iam_access_key.vault_user_access_key_0BC10369', id: 'AKIAVAULT' },
      { to: 'vault_aws_auth_backend_client.client', id: 'auth/aws_test/config/client' },
      { to: 'vault_policy.policy', id: 'dev_policy' },
      { to: 'vault_aws_auth_backend_role.role', id: 'auth/aws_test/role/dev_role' },
    ],
    mount: { description: '' },
    client: { keepsAccessKey: true },
    iamPolicy: {
      description: '',
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }],
      },
    },
  },
};
`);
});

test('a namespace is that of the Vault that was read, and the settings say it', async () => {
  const { settings } = describeLive(LIVE_GUIDE, { ...place, namespace: 'team/a' });

  expect(checkStack(valueOf(settings) as Settings).problems).toEqual([]);
  expect(await settingsFile(settings)).toContain("namespace: 'team/a',");
});

describe('the client configuration', () => {
  test.each<[string, Partial<LiveClient>, string]>([
    ['its server ID header', { iam_server_id_header_value: 'vault.test' }, "serverIdHeader: 'vault.test'"],
    [
      'its endpoint of IAM',
      { iam_endpoint: 'https://iam.test' },
      "awsEndpoints: { iam: 'https://iam.test' }",
    ],
    [
      'its endpoint of STS',
      { sts_endpoint: 'https://sts.test', sts_region: 'eu-west-1' },
      "awsEndpoints: {\n      sts: { url: 'https://sts.test', region: 'eu-west-1' },\n    }",
    ],
    ['its endpoint of EC2', { endpoint: 'https://ec2.test' }, "awsEndpoints: { ec2: 'https://ec2.test' }"],
    ['its retries', { max_retries: 3 }, 'client: { keepsAccessKey: true, maxRetries: 3 }'],
  ])('is described with %s', async (_, client, expected) => {
    expect(await textOf(withClient(client))).toContain(expected);
  });
});

describe('the role', () => {
  test.each<[string, Partial<LiveRole>, string]>([
    ['a TTL', { token_ttl: 1200 }, 'tokenTtl: Duration.minutes(20)'],
    ['a maximum TTL', { token_max_ttl: 86_400 }, 'tokenMaxTtl: Duration.days(1)'],
    ['an explicit maximum', { token_explicit_max_ttl: 7200 }, 'tokenExplicitMaxTtl: Duration.hours(2)'],
    ['a period', { token_period: 90 }, 'tokenPeriod: Duration.seconds(90)'],
    ['a number of uses', { token_num_uses: 5 }, 'tokenNumUses: 5'],
    ['batch tokens', { token_type: 'batch' }, "tokenType: 'batch'"],
    ['CIDR blocks', { token_bound_cidrs: ['10.0.0.0/8'] }, "tokenBoundCidrs: ['10.0.0.0/8']"],
    ['no default policy', { token_no_default_policy: true }, 'tokenNoDefaultPolicy: true'],
    ['metadata', { alias_metadata: { team: 'a' } }, "aliasMetadata: { team: 'a' }"],
    ['names instead of IDs', { resolve_aws_unique_ids: false }, 'resolveAwsUniqueIds: false'],
    [
      'all roles of the account',
      { bound_iam_principal_arn: ['arn:aws:iam::123456789012:role/*'] },
      'boundPrincipals: [BoundPrincipal.allRoles()]',
    ],
    [
      'all users of another account',
      { bound_iam_principal_arn: ['arn:aws:iam::222222222222:user/*'] },
      "boundPrincipals: [BoundPrincipal.arn('arn:aws:iam::222222222222:user/*')]",
    ],
    [
      'one user',
      { bound_iam_principal_arn: ['arn:aws:iam::123456789012:user/alice'] },
      "boundPrincipals: [BoundPrincipal.arn('arn:aws:iam::123456789012:user/alice')]",
    ],
  ])('is described with %s', async (_, role, expected) => {
    expect(await textOf(withRole(role))).toContain(expected);
  });
});

describe('the policies of the role', () => {
  const read = 'path "secret/a" {\n  capabilities = ["read"]\n}\n';
  const policies = (texts: LiveMethod['policies']) => {
    const { settings, files, findings } = describeLive(withMethod({ policies: texts }), place);
    const { policy, otherPolicies } = settings.login as { policy: unknown; otherPolicies?: string[] };
    return { policy, otherPolicies, files, named: findings.filter(({ place }) => place.startsWith('Vault')) };
  };

  test('are rules where they are written as the project would write them', () => {
    expect(policies({ dev: read })).toEqual({
      policy: { policyName: 'dev', rules: [{ path: 'secret/a', capabilities: ['read'] }] },
      otherPolicies: undefined,
      files: {},
      named: [],
    });
  });

  test.each([
    ['a comment', `# ours\n${read}`],
    ['without the line break at the end, as `vault policy write` leaves it', read.trimEnd()],
  ])('are a file to the letter where not: %s', (_, text) => {
    const { policy, files } = policies({ 'team/dev': text });

    expect(policy).toMatchObject({
      policyName: 'team/dev',
      file: {
        text: 'await readPolicyFile(join(import.meta.dirname, "policies/team_dev.hcl"))',
        value: {
          path: 'policies/team_dev.hcl',
          text,
          rules: [{ path: 'secret/a', capabilities: ['read'] }],
          remarks: [],
        },
      },
    });
    expect(files).toEqual({ 'policies/team_dev.hcl': text });
  });

  test.each([
    ['JSON', '{"path": {"secret/a": {"capabilities": ["read"]}}}', 0],
    ['a path twice', read + read, 1],
    ['a path that typed rules may not have', `${read}\npath "v1/a" {\n  capabilities = ["read"]\n}\n`, 1],
    [
      'blocks that no rule says',
      `path "secret/a" {\n  capabilities = ["read"]\n  mfa_methods = ["duo"]\n}\n`,
      0,
    ],
  ])('are a file that is warned of if it is worth it: %s', (_, text, remarks) => {
    const { policy, files, named } = policies({ dev: text });

    expect(policy).toMatchObject({
      file: {
        value: {
          text,
          rules: expect.arrayContaining([{ path: 'secret/a', capabilities: ['read'] }]) as unknown,
        },
      },
    });
    expect((policy as { file: { value: PolicyFile } }).file.value.remarks).toHaveLength(remarks);
    expect(files).toEqual({ 'policies/dev.hcl': text });
    expect(named).toEqual([]);
  });

  test('are names behind the first, and the default policy is one', () => {
    expect(policies({ default: '# Vault’s', dev: read, ops: read })).toMatchObject({
      policy: { policyName: 'dev' },
      otherPolicies: ['default', 'ops'],
      named: [
        {
          place: 'Vault policy ops',
          what: 'the stack manages one policy, dev; this one stays with the role by its name',
        },
      ],
    });
  });

  test.each<[string, string | undefined, string]>([
    [
      'Vault has none of that name',
      undefined,
      'the role names it and Vault has none of this name; the name stays with the role',
    ],
    [
      'Vault of today would refuse it',
      'path "secret/a" {\n  capabilities = ["write"]\n}\n',
      "it can't be read as rules, and stays with the role by its name: policies/json.hcl:2:3: capabilities of path 'secret/a': 'write' is no capability",
    ],
  ])('are names where %s', (_, text, what) => {
    const found = policies({ json: text });

    expect(found).toMatchObject({ policy: false, otherPolicies: ['json'], files: {} });
    expect(found.named).toEqual([
      { place: 'Vault policy json', what: expect.stringContaining(what) as string },
    ]);
  });
});

describe('what hangs on the IAM users and the policy', () => {
  test('is described where it is in AWS', async () => {
    const text = await textOf({
      ...LIVE_GUIDE,
      vaultUser: {
        ...LIVE_GUIDE.vaultUser,
        path: '/vault/',
        tags: { team: 'a' },
        permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
      },
      iamPolicy: { ...LIVE_GUIDE.iamPolicy, description: 'ours', tags: { 'cost-center': '1' } },
      testUser: { ...LIVE_GUIDE.vaultUser, name: 'tester', accessKeys: [{ id: 'AKIATEST', active: true }] },
    });

    for (const line of [
      "vaultUser: { userName: 'vault_auth', path: '/vault/', policyName: 'VaultAuthUser' },",
      "testUser: { userName: 'tester', path: '/' },",
      "    vaultUser: {\n      tags: { team: 'a' },\n      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',\n    },",
      "description: 'ours',\n      path: '/',\n      tags: { 'cost-center': '1' },",
      "{ to: 'aws_iam_user.test_user', id: 'tester' },",
      "{ to: 'aws_iam_access_key.test_user_access_key_888DF70D', id: 'AKIATEST' },",
    ]) {
      expect(text).toContain(line);
    }
  });
});
