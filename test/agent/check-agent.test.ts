import { checkAgentConfig, describeProblem } from '../../lib/agent';
import {
  CONFIG,
  EC2,
  LATER,
  LOGIN,
  METHOD,
  problems,
  sinkProblems,
  START,
  STATIC,
  TARGET,
} from './agent-problems';
import { fullConfig } from './full-config';

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
        `${CONFIG}.role: must be a role without token_num_uses, because the agent's renewals use up the token, and its reader gets a dead token: 'few' has 3 ${LATER}`,
      ],
    ],
    [
      'that an instance logs in to once',
      problems({ ...EC2, role: 'once' }),
      [
        `${CONFIG}.role: must be a role without disallow_reauthentication, because the agent logs in again when its token ends, and Vault refuses that: 'once' has it ${LATER}`,
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
        `${METHOD}.mount_path: must be 'auth/aws_test': this stack has the auth method there ${LOGIN}; got 'auth/aws'`,
      ],
    ],
    [
      'at a path without auth/',
      problems({ mountPath: 'aws_test' }),
      [
        `${METHOD}.mount_path: must be 'auth/aws_test': the agent does not add 'auth/' ${LOGIN}; got 'aws_test'`,
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
        `${METHOD}.min_backoff: must not be longer than max_backoff, which is 300 s by default ${START}; got '301s'`,
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
        `${METHOD}.wrap_ttl: must be used with exactly one sink, because a wrapped token can be unwrapped only once: here are 2 ${START}; got '300s'`,
      ],
    ],
    [
      'that wraps for no sink, and for a template',
      sinkProblems([], { wrapTtl: 300 }, { blocks: [{ type: 'template', body: { contents: '' } }] }),
      [
        `${METHOD}.wrap_ttl: must be used with exactly one sink, because a wrapped token can be unwrapped only once: here are 0 ${START}; got '300s'`,
        `${METHOD}.wrap_ttl: must be left out with template, which would get the wrapped response instead of a token ${LATER}; got '300s'`,
      ],
    ],
    [
      'that wraps for a sink that wraps',
      sinkProblems([{ path: '/a', wrapTtl: 60 }], { wrapTtl: 300 }),
      [`${METHOD}.wrap_ttl: must be in the method or in the sink, not in both ${START}; got '300s'`],
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

test('all problems are named at once', () => {
  expect(
    problems({ mountPath: 'aws', role: 'nobody', credentialPollInterval: 0, headerValue: 'other' }),
  ).toHaveLength(4);
});
