import { type AgentConfig, type AgentTarget, checkAgentConfig, describeProblem } from '../../lib/agent';
import { fullConfig } from './full-config';

const TARGET: AgentTarget = {
  mountPath: 'aws_test',
  vaultAddress: 'https://vault.example.com:8200',
  namespace: 'team',
  serverIdHeader: 'vault.example.com',
  stsRegion: 'eu-central-1',
  roles: [
    { name: 'dev_role', authType: 'iam' },
    { name: 'profile', authType: 'inferred' },
    { name: 'web', authType: 'ec2' },
    { name: 'few', authType: 'iam', tokenNumUses: 3 },
    { name: 'once', authType: 'ec2', disallowReauthentication: true },
  ],
};

const IAM: AgentConfig = {
  autoAuth: {
    method: {
      mountPath: 'auth/aws_test',
      namespace: 'team',
      type: 'iam',
      role: 'dev_role',
      headerValue: 'vault.example.com',
      region: 'eu-central-1',
    },
    sinks: [{ path: '/run/token' }],
  },
};

type Changes = Partial<AgentConfig['autoAuth']['method']>;

/** What is wrong with an iam agent that is otherwise right. */
function problems(
  method: Changes,
  more: Partial<AgentConfig> = {},
  target: Partial<AgentTarget> = {},
): string[] {
  const { autoAuth = IAM.autoAuth } = more;
  const config = {
    ...IAM,
    ...more,
    autoAuth: { ...autoAuth, method: { ...IAM.autoAuth.method, ...method } },
  };
  return checkAgentConfig(config, { ...TARGET, ...target }).map(describeProblem);
}

/** The same with these sinks. */
function sinkProblems(
  sinks: AgentConfig['autoAuth']['sinks'],
  method: Changes = {},
  more: Partial<AgentConfig> = {},
) {
  return problems(method, { ...more, autoAuth: { ...IAM.autoAuth, sinks } });
}

const EC2: Changes = { type: 'ec2', role: 'web', headerValue: undefined, region: undefined };
const STATIC: Changes = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'never-printed' };
const METHOD = 'auto_auth.method';
const CONFIG = `${METHOD}.config`;
const START = '(the agent does not start)';
const LOGIN = '(it does not log in)';
const LATER = '(it logs in, and fails later)';
const IGNORED = '(it does nothing, and nobody says so)';

describe('nothing is wrong with', () => {
  test.each<[string, string[]]>([
    ['every field', checkAgentConfig(fullConfig('/run'), TARGET).map(describeProblem)],
    ['an iam agent', problems({})],
    ['a role in upper case, which Vault lowercases', problems({ role: 'Dev_Role' })],
    ['an iam agent on a role with inference', problems({ role: 'profile' })],
    ['an ec2 agent', problems(EC2)],
    ['an ec2 agent with a nonce', problems({ ...EC2, nonce: 'nonce' })],
    ['static credentials', problems(STATIC)],
    ['temporary ones', problems({ ...STATIC, accessKey: 'ASIAIOSFODNN7EXAMPLE', sessionToken: 'token' })],
    [
      'the global STS, and the region of the agent',
      problems({ region: undefined }, {}, { stsRegion: undefined }),
    ],
    [
      'a region of its own, where Vault follows it',
      problems({ region: 'eu-west-1' }, {}, { stsRegion: undefined, useStsRegionFromClient: true }),
    ],
    [
      'a detected region, where Vault follows it',
      problems({ region: '' }, {}, { stsRegion: undefined, useStsRegionFromClient: true }),
    ],
    [
      'no header, where none is asked for',
      problems({ headerValue: undefined }, {}, { serverIdHeader: undefined }),
    ],
    ['wrapping with one sink', problems({ wrapTtl: 300 })],
    ['a header known at apply', problems({ headerValue: '${TfToken[TOKEN.1]}' })],
    ['a role known at apply', problems({ role: '${TfToken[TOKEN.1]}' })],
    ['templates alone', sinkProblems([], {}, { blocks: [{ type: 'template', body: { contents: '' } }] })],
    [
      'the proxy alone',
      sinkProblems([], {}, { blocks: [{ type: 'api_proxy', body: { use_auto_auth_token: 'force' } }] }),
    ],
    [
      'the namespace of the vault block',
      problems({ namespace: undefined }, { vault: { address: TARGET.vaultAddress!, namespace: 'team/' } }),
    ],
  ])('%s', (_, found) => {
    expect(found).toEqual([]);
  });
});

describe('the role', () => {
  test.each<[string, string[], string[]]>([
    [
      'that does not exist',
      problems({ role: 'dev' }),
      [
        `${CONFIG}.role: must be a role that the stack has on auth/aws_test: 'dev_role', 'profile', 'web', 'few', 'once' ${LOGIN}; got 'dev'`,
      ],
    ],
    [
      'on a mount without roles',
      problems({}, {}, { roles: [] }),
      [`${CONFIG}.role: must be a role that the stack has on auth/aws_test: none ${LOGIN}; got 'dev_role'`],
    ],
    ['that is empty', problems({ role: '' }), [`${CONFIG}.role: must name a role ${START}; got ''`]],
    [
      'of type ec2, for an iam agent',
      problems({ role: 'web' }),
      [`${CONFIG}.type: must be 'ec2', the type of the role 'web' ${LOGIN}; got 'iam'`],
    ],
    [
      'of type iam, for an ec2 agent',
      problems({ ...EC2, role: 'dev_role' }),
      [`${CONFIG}.type: must be 'iam', the type of the role 'dev_role' ${LOGIN}; got 'ec2'`],
    ],
    [
      'with inference, for an ec2 agent',
      problems({ ...EC2, role: 'profile' }),
      [`${CONFIG}.type: must be 'iam', the type of the role 'profile' ${LOGIN}; got 'ec2'`],
    ],
    [
      'with token_num_uses',
      problems({ role: 'few' }),
      [
        `${CONFIG}.role: must be a role without token_num_uses, the agent's renewals use the token up, and who reads it finds it dead: 'few' has 3 ${LATER}`,
      ],
    ],
    [
      'that an instance logs in to once',
      problems({ ...EC2, role: 'once' }),
      [
        `${CONFIG}.role: must be a role without disallow_reauthentication, the agent logs in again when its token ends, and is refused: 'once' has it ${LATER}`,
      ],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('the method', () => {
  test.each<[string, string[], string[]]>([
    [
      'at another mount',
      problems({ mountPath: 'auth/aws' }),
      [
        `${METHOD}.mount_path: must be 'auth/aws_test', where this stack has the auth method ${LOGIN}; got 'auth/aws'`,
      ],
    ],
    [
      'at a path without auth/',
      problems({ mountPath: 'aws_test' }),
      [
        `${METHOD}.mount_path: must be 'auth/aws_test', the agent does not add 'auth/' ${LOGIN}; got 'aws_test'`,
      ],
    ],
    [
      'in another namespace',
      problems({ namespace: 'other' }),
      [`${METHOD}.namespace: must be 'team', the namespace of the auth method ${LOGIN}; got 'other'`],
    ],
    [
      'at another Vault',
      problems({}, { vault: { address: 'https://other.example.com:8200', namespace: 'team' } }),
      [
        `vault.address: must be 'https://vault.example.com:8200', the Vault of this stack ${LOGIN}; got 'https://other.example.com:8200'`,
      ],
    ],
    [
      'that begins with more back-off than it ends with',
      problems({ minBackoff: 301 }),
      [
        `${METHOD}.min_backoff: must not be longer than max_backoff, which is 300 s where nothing else is said ${START}; got '301s'`,
      ],
    ],
    [
      'with a negative back-off',
      problems({ minBackoff: -1 }),
      [`${METHOD}.min_backoff: must be a duration, a number of seconds or '5m' ${START}; got '-1s'`],
    ],
    [
      'that wraps for two sinks',
      sinkProblems([{ path: '/a' }, { path: '/b' }], { wrapTtl: 300 }),
      [
        `${METHOD}.wrap_ttl: must stand with exactly one sink, for a wrapped token is taken out once: here are 2 ${START}; got '300s'`,
      ],
    ],
    [
      'that wraps for no sink, and for a template',
      sinkProblems([], { wrapTtl: 300 }, { blocks: [{ type: 'template', body: { contents: '' } }] }),
      [
        `${METHOD}.wrap_ttl: must stand with exactly one sink, for a wrapped token is taken out once: here are 0 ${START}; got '300s'`,
        `${METHOD}.wrap_ttl: must be left out with template, which is given the wrapped response for a token ${LATER}; got '300s'`,
      ],
    ],
    [
      'that wraps for a sink that wraps',
      sinkProblems([{ path: '/a', wrapTtl: 60 }], { wrapTtl: 300 }),
      [`${METHOD}.wrap_ttl: must stand in the method or in the sink, not in both ${START}; got '300s'`],
    ],
    ...['api_proxy', 'cache'].map((type): [string, string[], string[]] => [
      `that wraps for ${type}`,
      problems({ wrapTtl: 300 }, { blocks: [{ type, body: { use_auto_auth_token: true } }] }),
      [
        `${METHOD}.wrap_ttl: must be left out with ${type}.use_auto_auth_token, which needs the token itself ${START}; got '300s'`,
      ],
    ]),
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('credentials and the region', () => {
  const interval = `${CONFIG}.credential_poll_interval: must be a whole number of seconds, 1 or more, without a unit and quotes`;
  const global = { stsRegion: undefined };
  const follows = { stsRegion: undefined, useStsRegionFromClient: true };
  const instance =
    'must be left out: an instance proves itself by its document, static credentials are for iam';

  test.each<[string, string[], string[]]>([
    ['a poll interval of zero', problems({ credentialPollInterval: 0 }), [`${interval} ${START}; got 0`]],
    [
      'a poll interval of a fraction',
      problems({ credentialPollInterval: 1.5 }),
      [`${interval} ${START}; got 1.5`],
    ],
    [
      'a poll interval on ec2',
      problems({ ...EC2, credentialPollInterval: 60 }),
      [`${CONFIG}.credential_poll_interval: must be left out: it is for iam ${IGNORED}; got 60`],
    ],
    [
      'ec2 with static credentials',
      problems({ ...EC2, ...STATIC, sessionToken: 'never-printed' }),
      ['access_key', 'secret_key', 'session_token'].map(
        (name) => `${CONFIG}.${name}: ${instance} ${IGNORED}`,
      ),
    ],
    [
      'a header and a region on ec2',
      problems({ ...EC2, headerValue: 'vault.example.com', region: 'eu-central-1' }),
      [
        `${CONFIG}.header_value: must be left out: it is for iam ${IGNORED}; got 'vault.example.com'`,
        `${CONFIG}.region: must be left out: it is for iam ${IGNORED}; got 'eu-central-1'`,
      ],
    ],
    [
      'a nonce on iam',
      problems({ nonce: 'never-printed' }),
      [`${CONFIG}.nonce: must be left out: it is for ec2 ${IGNORED}`],
    ],
    [
      'new credentials on ec2',
      problems(EC2, { autoAuth: { ...IAM.autoAuth, enableReauthOnNewCredentials: true } }),
      [
        `auto_auth.enable_reauth_on_new_credentials: must be left out: it is for iam, whose credentials change ${IGNORED}; got true`,
      ],
    ],
    [
      'an access key without its secret',
      problems({ accessKey: 'AKIAIOSFODNN7EXAMPLE' }),
      [`${CONFIG}.secret_key: must be there with access_key: static credentials are both or none ${START}`],
    ],
    [
      'a secret without its access key',
      problems({ secretKey: 'never-printed' }),
      [`${CONFIG}.access_key: must be there with secret_key: static credentials are both or none ${START}`],
    ],
    [
      'a session token alone',
      problems({ sessionToken: 'never-printed' }),
      [
        `${CONFIG}.session_token: must stand with access_key and secret_key: alone it belongs to no credentials ${IGNORED}`,
      ],
    ],
    [
      'temporary credentials without their token',
      problems({ ...STATIC, accessKey: 'ASIAIOSFODNN7EXAMPLE' }),
      [
        `${CONFIG}.session_token: must be there: an access key ASIA… is one of temporary credentials ${LOGIN}`,
      ],
    ],
    [
      'lasting ones with a token',
      problems({ ...STATIC, sessionToken: 'never-printed' }),
      [`${CONFIG}.session_token: must be left out: an access key AKIA… has none ${LOGIN}`],
    ],
    [
      'another header',
      problems({ headerValue: 'other' }),
      [
        `${CONFIG}.header_value: must be 'vault.example.com', the server ID of the mount ${LOGIN}; got 'other'`,
      ],
    ],
    [
      'no header',
      problems({ headerValue: undefined }),
      [`${CONFIG}.header_value: must be 'vault.example.com', the server ID of the mount ${LOGIN}; got ''`],
    ],
    [
      'a header that nobody asks for',
      problems({}, {}, { serverIdHeader: undefined }),
      [
        `${CONFIG}.header_value: must be left out: the mount compares no server ID, so it keeps nobody from replaying the login ${IGNORED}; got 'vault.example.com'`,
      ],
    ],
    [
      "another region than that of Vault's STS endpoint",
      problems({ region: 'eu-west-1' }),
      [
        `${CONFIG}.region: must be 'eu-central-1', Vault's STS endpoint takes signatures for it only ${LOGIN}; got 'eu-west-1'`,
      ],
    ],
    [
      "no region, and another than us-east-1 at Vault's STS endpoint",
      problems({ region: undefined }),
      [
        `${CONFIG}.region: must be 'eu-central-1', Vault's STS endpoint takes signatures for it only; without it the agent takes us-east-1 ${LOGIN}`,
      ],
    ],
    [
      'a region, and the global STS',
      problems({}, {}, global),
      [
        `${CONFIG}.region: must be 'us-east-1', Vault asks the global STS, which takes signatures for it only ${LOGIN}; got 'eu-central-1'`,
      ],
    ],
    [
      'a region to be detected, and the global STS',
      problems({ region: '' }, {}, global),
      [
        `${CONFIG}.region: must be 'us-east-1', Vault asks the global STS, which takes signatures for it only, and the agent would detect the region of its machine ${LOGIN}; got ''`,
      ],
    ],
    ...['mx-central-1', 'aws-global', 'eu-centrall-1'].map((region): [string, string[], string[]] => [
      `use_sts_region_from_client and ${region}`,
      problems({ region }, {}, follows),
      [
        `${CONFIG}.region: must be a region whose STS Vault 1.21.1 knows: by use_sts_region_from_client Vault sends the login there ${LOGIN}; got '${region}'`,
      ],
    ]),
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
    expect(found.join()).not.toContain('never-printed');
  });
});

describe('a sink', () => {
  const place = 'auto_auth.sink';

  test.each<[string, string[], string[]]>([
    [
      'that is missing',
      sinkProblems([]),
      [
        `${place}: must be there, or a template, or use_auto_auth_token: nobody else would get the token ${START}`,
      ],
    ],
    [
      'without a path',
      sinkProblems([{ path: '' }]),
      [`${place}.config.path: must name the file, in path ${START}; got ''`],
    ],
    [
      'whose path another has',
      sinkProblems([{ path: '/a' }, { path: '/a' }]),
      [
        `${place}[1].config.path: must be the file of one sink, of two the last one stands in it ${LATER}; got '/a'`,
      ],
    ],
    [
      'whose mode was meant in octal',
      sinkProblems([{ path: '/a', mode: 600 }]),
      [
        `${place}.config.mode: must let the owner read and write, and have permission bits alone; in HCL 0600 with its zero, in JSON 384 ${LATER}; got 600`,
      ],
    ],
    [
      'whose mode has more than permission bits',
      sinkProblems([{ path: '/a', mode: 0o1600 }]),
      [
        `${place}.config.mode: must let the owner read and write, and have permission bits alone; in HCL 0600 with its zero, in JSON 384 ${LATER}; got 896`,
      ],
    ],
    [
      'whose mode lets nobody write',
      sinkProblems([{ path: '/a', mode: 0o400 }]),
      [
        `${place}.config.mode: must let the owner read and write, and have permission bits alone; in HCL 0600 with its zero, in JSON 384 ${LATER}; got 256`,
      ],
    ],
    [
      'with encryption and no key of the reader',
      sinkProblems([{ path: '/a', dhType: 'curve25519' }]),
      [`${place}.dh_path: must be there with dh_type: the file of the reader's public key ${START}`],
    ],
    [
      "with a reader's key and no encryption",
      sinkProblems([{ path: '/a', dhPath: '/k' }]),
      [`${place}.dh_type: must be there with dh_path: 'curve25519' ${START}`],
    ],
    [
      'with what is for encryption alone',
      sinkProblems([{ path: '/a', aad: 'aad', deriveKey: true }]),
      ['aad', 'derive_key'].map(
        (name) => `${place}.${name}: must stand with dh_type and dh_path: it is for encryption ${START}`,
      ),
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

test('all problems are named at once', () => {
  expect(
    problems({ mountPath: 'aws', role: 'nobody', credentialPollInterval: 0, headerValue: 'other' }),
  ).toHaveLength(4);
});
