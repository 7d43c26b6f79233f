import { type AwsEndpoints, VaultIamUser } from '../../../../lib/constructs/aws';
import { AwsAuthClient, AwsAuthMount, VaultPolicy } from '../../../../lib/constructs/vault';
import { problemsOf, synthesize } from '../../../support/stack';

describe('the path of a mount', () => {
  const problemsOfPath = (path: string) => problemsOf((stack) => new AwsAuthMount(stack, 'mount', { path }));

  test.each(['aws', 'aws_test', 'teams/dev/aws-1', '.aws/v1.2'])('may be %s', (path) => {
    expect(problemsOfPath(path)).toEqual([]);
  });

  test.each([
    [
      '',
      "path: must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only; got ''",
    ],
    [
      '/aws',
      "path: must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only; got '/aws'",
    ],
    [
      'aws/',
      "path: must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only; got 'aws/'",
    ],
    [
      'aws test',
      "path: must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only; got 'aws test'",
    ],
    ['auth/aws', "path: must be written without 'auth/', because Vault adds it; got 'auth/aws'"],
  ])('must not be %j', (path, message) => {
    expect(problemsOfPath(path)).toEqual([`[stack/mount] ${message}`]);
  });
});

describe('a path that Vault would not mount at, or mount elsewhere,', () => {
  test.each([
    ['token', "Vault's own token method is there"],
    [
      'a/../b',
      "must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only",
    ],
    [
      '..',
      "must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only",
    ],
  ])('is refused: %s', (path, rule) => {
    expect(problemsOf((stack) => new AwsAuthMount(stack, 'mount', { path }))).toEqual([
      `[stack/mount] path: ${rule}; got '${path}'`,
    ]);
  });

  const problemsOfBoth = (one: string, other: string) =>
    problemsOf((stack) => [
      new AwsAuthMount(stack, 'one', { path: one }),
      new AwsAuthMount(stack, 'other', { path: other }),
    ]);

  test.each([
    ['aws', 'aws'],
    ['aws', 'aws/dev'],
    ['aws/dev', 'aws'],
  ])('is refused together with another mount: %s and %s', (one, other) => {
    expect(problemsOfBoth(one, other)).toEqual([
      `[stack/other] path: Vault mounts nothing at, below or above a path that is in use; got '${other}', and '${one}' is declared at 'stack/one'`,
    ]);
  });

  test('is not refused if it only begins like another one', () => {
    expect(problemsOfBoth('aws', 'aws_dev')).toEqual([]);
    expect(problemsOfBoth('aws_dev', 'aws')).toEqual([]);
  });
});

describe('a client configuration', () => {
  const withClient =
    (props: { serverIdHeader?: string; endpoints?: AwsEndpoints }, count = 1) =>
    (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) => {
      const mount = new AwsAuthMount(stack, 'mount');
      const { credentials } = new VaultIamUser(stack, 'vault_user', { permissionsFor: ['look-up-users'] });
      for (let index = 0; index < count; index++) {
        new AwsAuthClient(stack, `client_${index}`, { mount, credentials, ...props });
      }
    };

  test('passes header and endpoints on to Vault', () => {
    const { resource } = synthesize(
      withClient({
        serverIdHeader: 'vault.example.com',
        endpoints: {
          iam: 'https://iam.local',
          sts: { url: 'https://sts.local', region: 'eu-west-1' },
          ec2: 'https://ec2.local',
        },
      }),
    );

    expect(resource.vault_aws_auth_backend_client!.client_0).toMatchObject({
      iam_server_id_header_value: 'vault.example.com',
      iam_endpoint: 'https://iam.local',
      sts_endpoint: 'https://sts.local',
      sts_region: 'eu-west-1',
      ec2_endpoint: 'https://ec2.local',
    });
  });

  test('takes no endpoint from the environment', () => {
    process.env.AWS_ENDPOINT_URL = 'https://elsewhere.example.com';
    try {
      expect(JSON.stringify(synthesize(withClient({})))).not.toContain('elsewhere');
    } finally {
      delete process.env.AWS_ENDPOINT_URL;
    }
  });

  test('is refused with an invalid header, or an endpoint that is no URL', () => {
    expect(problemsOf(withClient({ serverIdHeader: 'my vault', endpoints: { iam: 'iam.local' } }))).toEqual([
      "[stack/client_0] endpoints.iam: must be an http or https URL; got 'iam.local'",
      "[stack/client_0] serverIdHeader: must be a header's value without white space, such as Vault's host name; got 'my vault'",
    ]);
  });

  test('is declared once on a mount', () => {
    expect(problemsOf(withClient({}, 2))).toEqual([
      "[stack/client_1] a mount has one client configuration; it is already declared at 'stack/client_0'",
    ]);
  });
});

test('a policy is declared once in a stack', () => {
  const rules = [{ path: 'a', capabilities: ['read' as const] }];
  const problems = problemsOf((stack) => {
    new VaultPolicy(stack, 'one', { policyName: 'dev', rules });
    new VaultPolicy(stack, 'two', { policyName: 'dev', rules });
  });

  expect(problems).toEqual([
    "[stack/two] policy 'dev' is declared twice, each write would replace the other; it is already declared at 'stack/one'",
  ]);
});
