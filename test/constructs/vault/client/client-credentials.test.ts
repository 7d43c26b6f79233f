import { Duration } from 'aws-cdk-lib/core';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { SelfRotatingIamUser } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  type ClientCredentials,
  IamAuthRole,
  type KeyRotation,
} from '../../../../lib/constructs/vault';
import { problemsOf, synthesize } from '../../../support/stack';
import { clientWith, declare, key, problemsWith, roleArn, selfRotated, writeOnly } from './client-with';

describe('the credentials', () => {
  const credentialsOf = (credentials: ClientCredentials) => {
    const fields = { ...clientWith({ credentials, serverIdHeader: undefined }) };
    delete fields.backend;
    delete fields.depends_on;
    return fields;
  };

  test('are a key with its secret', () => {
    expect(credentialsOf(key)).toEqual({ access_key: 'AKIA0', secret_key: '${var.secret}' });
  });

  test('are a key whose secret is never stored', () => {
    expect(credentialsOf(writeOnly)).toEqual({
      access_key: 'AKIA0',
      secret_key_wo: '${var.secret}',
      secret_key_wo_version: 1,
    });
  });

  test('are a role that AWS gives Vault for an identity token', () => {
    expect(
      credentialsOf({ identityToken: { audience: 'vault', roleArn, ttl: Duration.minutes(30) } }),
    ).toEqual({ identity_token_audience: 'vault', role_arn: roleArn, identity_token_ttl: 1800 });
  });

  test('are what Vault finds by itself', () => {
    expect(credentialsOf({ ambient: true })).toEqual({});
  });

  test.each<[string, ClientCredentials]>([
    ['a key', key],
    ['a write-only key of version 1', writeOnly],
    ['an identity token', { identityToken: { audience: 'vault', roleArn } }],
    ['none', { ambient: true }],
  ])('are taken: %s', (_, credentials) => {
    expect(problemsWith({ credentials })).toEqual([]);
  });

  test.each<[string, ClientCredentials, string]>([
    [
      'an identity token for nobody',
      { identityToken: { audience: ' ', roleArn } },
      "identityToken.audience: must not be empty; got ' '",
    ],
    [
      'an identity token for what is no role',
      { identityToken: { audience: 'vault', roleArn: 'vault' } },
      "identityToken.roleArn: must be a role's ARN, 'arn:PARTITION:iam::ACCOUNT:role/NAME'; got 'vault'",
    ],
    [
      'an identity token for half a second',
      { identityToken: { audience: 'vault', roleArn, ttl: Duration.millis(500) } },
      'identityToken.ttl: Vault counts whole seconds; got 0.5 s',
    ],
    [
      'a secret as a text, which is not shown',
      { accessKeyId: 'AKIA0', secretAccessKey: 'wJalrXUtnFEMI', usableAfter: [] },
      'secretAccessKey: a secret as a text would be written to cdk.out in clear; give a reference, such as that of a sensitive variable; got a text',
    ],
    [
      'a write-only secret as a text',
      { ...writeOnly, secretAccessKeyWriteOnly: 'wJalrXUtnFEMI' },
      'secretAccessKeyWriteOnly: a secret as a text would be written to cdk.out in clear; give a reference, such as that of a sensitive variable; got a text',
    ],
    [
      'a write-only secret of version 0',
      { ...writeOnly, secretAccessKeyVersion: 0 },
      'secretAccessKeyVersion: must be a whole number from 1; got 0',
    ],
    [
      'a write-only secret of version 1.5',
      { ...writeOnly, secretAccessKeyVersion: 1.5 },
      'secretAccessKeyVersion: must be a whole number from 1; got 1.5',
    ],
  ])('are refused: %s', (_, credentials, message) => {
    expect(problemsWith({ credentials })).toEqual([`[stack/client] credentials.${message}`]);
  });
});

describe('the credentials are of one kind', () => {
  const rule =
    'must be one kind of credentials: an access key, or a write-only key, or a key that Vault replaces, or an identity token, or what Vault finds where it runs';

  test.each<[string, object]>([
    ['an access key and what Vault finds where it runs', { ...key, ambient: true }],
    ['an access key and a write-only key', { ...key, ...writeOnly }],
    ['a write-only key and an identity token', { ...writeOnly, identityToken: { audience: 'a', roleArn } }],
    ['an access key without its secret', { accessKeyId: 'AKIA0' }],
    [
      'an access key without its secret and what Vault finds where it runs',
      { accessKeyId: 'A', ambient: true },
    ],
    ['none', {}],
  ])('and not %s', (got, credentials) => {
    expect(problemsWith({ credentials: credentials as ClientCredentials })).toEqual([
      `[stack/client] credentials: ${rule}; got ${got}`,
    ]);
  });
});

describe('the rotation of the key', () => {
  test.each<[string, KeyRotation, object]>([
    ['after a period', { period: Duration.days(30) }, { rotation_period: 2_592_000 }],
    [
      'by a schedule',
      { schedule: '0 3 * * 0', window: Duration.hours(2) },
      { rotation_schedule: '0 3 * * 0', rotation_window: 7200 },
    ],
    ['never', { disabled: true }, { disable_automated_rotation: true }],
  ])('is written: %s', (_, rotation, fields) => {
    expect(clientWith({ credentials: selfRotated, rotation })).toMatchObject(fields);
  });

  test.each<[string, KeyRotation]>([
    ['after 10 s', { period: Duration.seconds(10) }],
    ['within an hour', { schedule: '0 3 * * 0', window: Duration.hours(1) }],
    ['whenever the schedule says', { schedule: '0 3 * * 0' }],
    ['by lists, ranges, steps and names', { schedule: '*/15,7 0-6/2 1,15 JAN-MAR mon-fri' }],
  ])('is taken: %s', (_, rotation) => {
    expect(problemsWith({ credentials: selfRotated, rotation })).toEqual([]);
  });

  test.each<[string, KeyRotation, string]>([
    ['a short period', { period: Duration.seconds(9) }, 'rotation.period: must be 10 s or more; got 9 s'],
    [
      'a fraction of a second',
      { period: Duration.millis(10_500) },
      'rotation.period: Vault counts whole seconds; got 10.5 s',
    ],
    [
      'a schedule with seconds',
      { schedule: '0 0 3 * * 0' },
      "rotation.schedule: must be five fields as in cron, such as '0 3 * * 0'; got '0 0 3 * * 0'",
    ],
    [
      'a schedule of something else',
      { schedule: 'every sunday at 3 o’clock' },
      "rotation.schedule: must be five fields as in cron, such as '0 3 * * 0'; got 'every sunday at 3 o’clock'",
    ],
    [
      'a short window',
      { schedule: '0 3 * * 0', window: Duration.minutes(59) },
      'rotation.window: must be an hour or more; got 3540 s',
    ],
    [
      'a window with a fraction of a second',
      { schedule: '0 3 * * 0', window: Duration.millis(3_600_500) },
      'rotation.window: Vault counts whole seconds; got 3600.5 s',
    ],
  ])('is refused: %s', (_, rotation, message) => {
    expect(problemsWith({ credentials: selfRotated, rotation })).toEqual([`[stack/client] ${message}`]);
  });

  test('is refused if there is no key', () => {
    expect(problemsWith({ credentials: { ambient: true }, rotation: { period: Duration.days(1) } })).toEqual([
      '[stack/client] rotation: there is no access key to replace; leave it out',
    ]);
  });

  test.each<[string, ClientCredentials]>([
    ['a key', key],
    ['a write-only key', writeOnly],
  ])('is refused for %s that Terraform would write again', (_, credentials) => {
    const rotations: KeyRotation[] = [{ period: Duration.days(1) }, { schedule: '0 3 * * 0' }];
    for (const rotation of rotations) {
      expect(problemsWith({ credentials, rotation })).toEqual([
        expect.stringMatching(
          /^\[stack\/client\] rotation: Terraform would write its own key again .* the key must be of a SelfRotatingIamUser/,
        ),
      ]);
    }
    expect(problemsWith({ credentials, rotation: { disabled: true } })).toEqual([]);
  });

  test('of a user that may replace its key comes with the actions in AWS, and Terraform ignores the new key', () => {
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      const { credentials } = new SelfRotatingIamUser(stack, 'vault_user', {
        permissionsFor: mount,
        rotation: 1,
      });
      new AwsAuthClient(stack, 'client', { mount, credentials, rotation: { period: Duration.days(30) } });
    });

    expect(resource.vault_aws_auth_backend_client!.client).toMatchObject({
      rotation_period: 2_592_000,
      lifecycle: { ignore_changes: ['access_key', 'secret_key'] },
    });
    const [policy] = Object.values(resource.aws_iam_policy!) as { policy: string }[];
    expect(policy!.policy).toContain('"iam:CreateAccessKey","iam:DeleteAccessKey","iam:GetUser"');
  });
});

test('a role does not wait for a key if Vault has its own, but waits until an earlier key is removed', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
    new AwsAuthClient(stack, 'client', { mount, credentials: { ambient: true } });
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'dev',
      boundPrincipals: [BoundPrincipal.user('alice')],
    });
  });

  const [[name, endpoint]] = Object.entries(resource.vault_generic_endpoint!) as [[string, object]];
  expect(endpoint).toMatchObject({
    path: 'auth/${vault_auth_backend.mount.path}/config/client',
    data_json: '{"access_key":"","secret_key":""}',
    depends_on: ['vault_aws_auth_backend_client.client'],
  });
  expect(resource.vault_aws_auth_backend_role!.role!.depends_on).toEqual([
    'vault_aws_auth_backend_client.client',
    `vault_generic_endpoint.${name}`,
  ]);
});

test.each<[string, ClientCredentials, boolean]>([
  ['an identity token', { identityToken: { audience: 'vault', roleArn } }, true],
  ['what Vault finds where it runs', { ambient: true }, true],
  ['a key', key, false],
  ['a write-only key', writeOnly, false],
  ['a key that is kept', { ambient: true, keepsKey: true }, false],
])('the secret of an earlier key is removed if no new key overwrites it: %s', (_, credentials, out) => {
  expect('vault_generic_endpoint' in synthesize(declare({ credentials })).resource).toBe(out);
});

test('a write-only secret is an ephemeral variable, and needs the provider 5.7.0', () => {
  const stack = (scope: TerraformStack) => {
    const secret = new TerraformVariable(scope, 'vault_secret', { type: 'string', sensitive: true });
    // cdktf has no word for it.
    scope.addOverride('variable.vault_secret.ephemeral', true);
    const credentials = { ...writeOnly, secretAccessKeyWriteOnly: secret.stringValue };
    declare({ credentials })(scope);
  };
  const synthesized = synthesize(stack) as ReturnType<typeof synthesize> & {
    variable: unknown;
    terraform: { required_providers: Record<string, { version: string }> };
  };

  expect(problemsOf(stack)).toEqual([]);
  expect(synthesized.variable).toEqual({
    vault_secret: { type: 'string', sensitive: true, ephemeral: true },
  });
  expect(synthesized.resource.vault_aws_auth_backend_client!.client).toMatchObject({
    access_key: 'AKIA0',
    secret_key_wo: '${var.vault_secret}',
    secret_key_wo_version: 1,
  });
  expect(synthesized.terraform.required_providers.vault!.version).toBe('>= 5.7.0, < 6.0.0');
});

test('a key that Vault replaces is never sent, and roles wait for it', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount', { path: 'aws' });
    const { credentials } = new SelfRotatingIamUser(stack, 'vault_user', {
      permissionsFor: mount,
      rotation: 3,
    });
    new AwsAuthClient(stack, 'client', { mount, credentials });
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'dev',
      boundPrincipals: [BoundPrincipal.user('alice')],
    });
  });

  const { client } = resource.vault_aws_auth_backend_client!;
  expect(client).toMatchObject({ lifecycle: { ignore_changes: ['access_key', 'secret_key'] } });
  expect(client).not.toHaveProperty('access_key');
  const [[name, rotate]] = Object.entries(resource.vault_generic_endpoint!) as [[string, object]];
  expect(rotate).toMatchObject({
    lifecycle: {
      replace_triggered_by: [
        'aws_iam_user.vault_user.tags["vault-key-generation"]',
        'vault_aws_auth_backend_client.client.id',
      ],
    },
  });
  expect(resource.vault_aws_auth_backend_role!.role!.depends_on).toContain(`vault_generic_endpoint.${name}`);
});
