import { Duration } from 'aws-cdk-lib/core';
import {
  AwsAuthMount,
  type AwsAuthMountProps,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize } from '../../../support/stack';

const resourcesOf = (props: AwsAuthMountProps) =>
  synthesize((stack) => new AwsAuthMount(stack, 'mount', props)).resource;
const problemsWith = (props: AwsAuthMountProps) =>
  problemsOf((stack) => new AwsAuthMount(stack, 'mount', props));

describe('the mount', () => {
  const mountWith = (props: AwsAuthMountProps) => resourcesOf(props).vault_auth_backend!.mount;

  test('is of type aws, with every field as it is given', () => {
    expect(
      mountWith({
        path: 'teams/aws',
        description: 'For the teams',
        local: true,
        disableRemount: true,
        identityTokenKey: 'aws',
      }),
    ).toMatchObject({
      type: 'aws',
      path: 'teams/aws',
      description: 'For the teams',
      local: true,
      disable_remount: true,
      identity_token_key: 'aws',
    });
  });

  test('has every field of its tuning as it is given', () => {
    expect(
      mountWith({
        tune: {
          defaultLeaseTtl: Duration.hours(1),
          maxLeaseTtl: Duration.hours(8),
          listingVisibility: 'unauth',
          tokenType: 'batch',
          auditNonHmacRequestKeys: ['role'],
          auditNonHmacResponseKeys: ['keys'],
          passthroughRequestHeaders: ['X-One'],
          allowedResponseHeaders: ['X-Two'],
        },
      }),
    ).toMatchObject({
      tune: [
        {
          default_lease_ttl: '1h',
          max_lease_ttl: '8h',
          listing_visibility: 'unauth',
          token_type: 'batch',
          audit_non_hmac_request_keys: ['role'],
          audit_non_hmac_response_keys: ['keys'],
          passthrough_request_headers: ['X-One'],
          allowed_response_headers: ['X-Two'],
        },
      ],
    });
  });

  test('writes fixed defaults explicitly, so that removing a setting resets it', () => {
    expect(mountWith({})).toMatchObject({
      tune: [
        {
          default_lease_ttl: null,
          max_lease_ttl: null,
          listing_visibility: 'hidden',
          token_type: 'default-service',
          audit_non_hmac_request_keys: [],
          audit_non_hmac_response_keys: [],
          passthrough_request_headers: [],
          allowed_response_headers: [],
        },
      ],
    });
  });

  test.each([
    [0, '0s'],
    [1, '1s'],
    [90, '1m30s'],
    [3600, '1h'],
    [5400, '1h30m'],
    [90_061, '25h1m1s'],
  ])('writes a TTL as the provider reads it back: %i s', (count, text) => {
    expect(mountWith({ tune: { maxLeaseTtl: Duration.seconds(count) } })).toMatchObject({
      tune: [{ max_lease_ttl: text }],
    });
  });

  test('has a path that is known only at apply checked by Terraform', () => {
    const { resource } = synthesize((stack) => new AwsAuthMount(stack, 'mount', { path: lateText(stack) }));

    expect(preconditionsOf(resource.vault_auth_backend!.mount).map(([, message]) => message)).toEqual([
      "path: must be letters, digits or any of _.- in segments with a single '/' between them, and no segment of dots only; got '${var.late}'",
    ]);
  });
});

describe('the identity configuration', () => {
  const identityOf = (props: AwsAuthMountProps) =>
    Object.values(resourcesOf(props).vault_aws_auth_backend_config_identity ?? {});

  test('has every field as it is given', () => {
    expect(
      identityOf({
        identity: {
          iamAlias: 'unique_id',
          ec2Alias: 'instance_id',
          iamMetadata: ['auth_type', 'client_arn'],
          ec2Metadata: ['ami_id'],
        },
      }),
    ).toEqual([
      {
        backend: '${vault_auth_backend.mount.path}',
        iam_alias: 'unique_id',
        ec2_alias: 'instance_id',
        iam_metadata: ['auth_type', 'client_arn'],
        ec2_metadata: ['ami_id'],
      },
    ]);
  });

  test('is written with Vault’s defaults if nothing is given, because a value that is not written stays in Vault', () => {
    expect(identityOf({})).toEqual([
      {
        backend: '${vault_auth_backend.mount.path}',
        iam_alias: 'role_id',
        ec2_alias: 'role_id',
        iam_metadata: ['account_id', 'auth_type'],
        ec2_metadata: ['account_id', 'auth_type'],
      },
    ]);
  });

  test('is written before the roles, because a login would already make an alias', () => {
    const { resource } = synthesize((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new Ec2AuthRole(stack, 'role', { mount, roleName: 'web', boundAmiIds: ['ami-01234567'] });
    });
    const [identity] = Object.keys(resource.vault_aws_auth_backend_config_identity!);

    expect(resource.vault_aws_auth_backend_role!.role!.depends_on).toEqual([
      `vault_aws_auth_backend_config_identity.${identity}`,
    ]);
  });
});

describe('the tidying of a list', () => {
  test('is Vault’s own if nothing is given', () => {
    expect(resourcesOf({})).not.toHaveProperty('vault_aws_auth_backend_identity_whitelist');
    expect(resourcesOf({})).not.toHaveProperty('vault_aws_auth_backend_roletag_blacklist');
  });

  test('is written for the list that it is given for', () => {
    const resource = resourcesOf({
      identityAccessListTidy: { safetyBuffer: Duration.hours(1) },
      roleTagDenyListTidy: { disablePeriodicTidy: true },
    });

    expect(Object.values(resource.vault_aws_auth_backend_identity_whitelist!)).toEqual([
      { backend: '${vault_auth_backend.mount.path}', safety_buffer: 3600, disable_periodic_tidy: false },
    ]);
    expect(Object.values(resource.vault_aws_auth_backend_roletag_blacklist!)).toEqual([
      { backend: '${vault_auth_backend.mount.path}', safety_buffer: 15_552_000, disable_periodic_tidy: true },
    ]);
  });

  test('may keep an entry no longer than it is good', () => {
    expect(
      Object.values(
        resourcesOf({ identityAccessListTidy: { safetyBuffer: Duration.seconds(0) } })
          .vault_aws_auth_backend_identity_whitelist!,
      ),
    ).toEqual([expect.objectContaining({ safety_buffer: 0 })]);
  });

  test('keeps a revoked role tag for 180 days, and an instance for 72 hours', () => {
    const resource = resourcesOf({ identityAccessListTidy: {}, roleTagDenyListTidy: {} });

    expect(Object.values(resource.vault_aws_auth_backend_identity_whitelist!)).toEqual([
      expect.objectContaining({ safety_buffer: 72 * 3600 }),
    ]);
    expect(Object.values(resource.vault_aws_auth_backend_roletag_blacklist!)).toEqual([
      expect.objectContaining({ safety_buffer: 180 * 24 * 3600 }),
    ]);
  });
});

describe('a mount is refused with', () => {
  test.each<[string, AwsAuthMountProps, string]>([
    [
      'a TTL of half a second',
      { tune: { defaultLeaseTtl: Duration.millis(500) } },
      'tune.defaultLeaseTtl: Vault counts whole seconds; got 0.5 s',
    ],
    [
      'a TTL over its maximum',
      { tune: { defaultLeaseTtl: Duration.hours(2), maxLeaseTtl: Duration.hours(1) } },
      'tune.defaultLeaseTtl: must not be longer than tune.maxLeaseTtl; got 7200 s over 3600 s',
    ],
    [
      'an empty header to pass through',
      { tune: { passthroughRequestHeaders: ['X-One', ''] } },
      "tune.passthroughRequestHeaders[1]: must be a header's name; got ''",
    ],
    [
      'an invalid response header',
      { tune: { allowedResponseHeaders: ['X One'] } },
      "tune.allowedResponseHeaders[0]: must be a header's name; got 'X One'",
    ],
    [
      'an empty field for the audit log',
      { tune: { auditNonHmacRequestKeys: [''] } },
      "tune.auditNonHmacRequestKeys[0]: must be a field's name without white space; got ''",
    ],
    [
      'an invalid field of a response for the audit log',
      { tune: { auditNonHmacResponseKeys: ['a b'] } },
      "tune.auditNonHmacResponseKeys[0]: must be a field's name without white space; got 'a b'",
    ],
    [
      'a fraction for the identity access list',
      { identityAccessListTidy: { safetyBuffer: Duration.millis(1500) } },
      'identityAccessListTidy.safetyBuffer: Vault counts whole seconds; got 1.5 s',
    ],
    [
      'a fraction for the role tag deny list',
      { roleTagDenyListTidy: { safetyBuffer: Duration.millis(1500) } },
      'roleTagDenyListTidy.safetyBuffer: Vault counts whole seconds; got 1.5 s',
    ],
  ])('%s', (_, props, message) => {
    expect(problemsWith(props)).toEqual([`[stack/mount] ${message}`]);
  });
});

test.each<[string, AwsAuthMountProps['tune']]>([
  ['one TTL for both', { defaultLeaseTtl: Duration.hours(1), maxLeaseTtl: Duration.hours(1) }],
  ['only a TTL', { defaultLeaseTtl: Duration.days(1) }],
  [
    'a TTL, and zero for Vault’s own maximum',
    { defaultLeaseTtl: Duration.days(1), maxLeaseTtl: Duration.seconds(0) },
  ],
])('a mount is taken with %s', (_, tune) => {
  expect(problemsWith({ tune })).toEqual([]);
});

describe('a mount with guideOnly', () => {
  test('keeps only the mount in the state', () => {
    expect(resourcesOf({ guideOnly: true })).toEqual({
      vault_auth_backend: { mount: { type: 'aws', path: 'aws_test', description: 'AWS auth method' } },
    });
  });

  test('has neither tuning nor identity configuration', () => {
    expect(problemsWith({ guideOnly: true, tune: {}, identity: {} })).toEqual([
      "[stack/mount] tune: a mount with guideOnly has none, leave out 'guideOnly'; got both",
      "[stack/mount] identity: a mount with guideOnly has none, leave out 'guideOnly'; got both",
    ]);
  });

  test('takes no role for instances', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
      new IamAuthRole(stack, 'iam', {
        mount,
        roleName: 'iam',
        boundPrincipals: [BoundPrincipal.user('alice')],
      });
      new Ec2AuthRole(stack, 'ec2', { mount, roleName: 'ec2', boundAmiIds: ['ami-01234567'] });
      new InferredAuthRole(stack, 'inferred', {
        mount,
        roleName: 'inferred',
        inferredRegion: 'eu-west-1',
        boundPrincipals: [BoundPrincipal.role('worker')],
      });
    });

    expect(problems).toEqual([
      "[stack/mount] a mount with guideOnly takes roles of type iam without inference only, leave out 'guideOnly'; got 'stack/ec2'",
      "[stack/mount] a mount with guideOnly takes roles of type iam without inference only, leave out 'guideOnly'; got 'stack/inferred'",
    ]);
  });
});
