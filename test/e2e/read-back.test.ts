import { Duration } from 'aws-cdk-lib/core';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { VaultIamUser } from '../../lib/constructs/aws';
import { useProviders, useStateBackend } from '../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
  RoleTag,
  StsRole,
} from '../../lib/constructs/vault';
import { IdentityAuthority } from './support/instance-identity';
import { ACCOUNT, TestSandbox } from './support/test-sandbox';

const AMI = 'ami-0123456789abcdef0';
const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:user/alice`;
const LOOK_UP = 'arn:aws:iam::222222222222:role/vault';

let sandbox: TestSandbox;
const authority = new IdentityAuthority();

/** Every field that the provider 4.4.0 has, but for those of Vault Enterprise. */
function wholeMethod(sandbox: TestSandbox, stack: TerraformStack): void {
  useProviders(stack);
  useStateBackend(stack, { kind: 'local' });
  const mount = new AwsAuthMount(stack, 'mount', {
    path: 'teams/aws',
    description: 'For all teams',
    local: true,
    tune: {
      defaultLeaseTtl: Duration.minutes(90),
      maxLeaseTtl: Duration.hours(10),
      listingVisibility: 'unauth',
      tokenType: 'default-batch',
      auditNonHmacRequestKeys: ['role'],
      auditNonHmacResponseKeys: ['errors'],
      passthroughRequestHeaders: ['X-Forwarded-For'],
      allowedResponseHeaders: ['X-Team'],
    },
    identity: {
      iamAlias: 'full_arn',
      ec2Alias: 'image_id',
      iamMetadata: ['client_arn', 'auth_type'],
      ec2Metadata: ['ami_id', 'region'],
    },
    identityAccessListTidy: { safetyBuffer: Duration.hours(2), disablePeriodicTidy: true },
    roleTagDenyListTidy: { safetyBuffer: Duration.hours(3), disablePeriodicTidy: true },
  });
  const { credentials } = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
  new AwsAuthClient(stack, 'client', {
    mount,
    credentials,
    serverIdHeader: 'vault.example.com',
    endpoints: sandbox.awsEndpoints,
    maxRetries: 3,
  });
  new StsRole(stack, 'sts_role', { mount, accountId: '222222222222', roleArn: LOOK_UP });
  new AwsCertificate(stack, 'certificate', {
    mount,
    certificateName: 'region',
    pem: authority.certificate,
    type: 'identity',
  });
  new IamAuthRole(stack, 'iam', {
    mount,
    roleName: 'iam',
    boundPrincipals: [BoundPrincipal.arn(PRINCIPAL)],
    resolveAwsUniqueIds: false,
    policies: ['reader'],
    tokenTtl: Duration.minutes(10),
    tokenMaxTtl: Duration.hours(1),
    tokenExplicitMaxTtl: Duration.hours(2),
    tokenNumUses: 5,
    tokenType: 'service',
    tokenBoundCidrs: ['10.0.0.0/8', '192.0.2.1'],
    tokenNoDefaultPolicy: true,
  });
  new IamAuthRole(stack, 'periodic', {
    mount,
    roleName: 'periodic',
    boundPrincipals: [BoundPrincipal.arn(PRINCIPAL)],
    resolveAwsUniqueIds: false,
    tokenPeriod: Duration.hours(3),
    tokenType: 'service',
  });
  const instances = {
    boundAmiIds: [AMI],
    boundAccountIds: [ACCOUNT],
    boundVpcIds: ['vpc-01234567'],
    boundSubnetIds: ['subnet-01234567'],
    boundIamRoleArns: [`arn:aws:iam::${ACCOUNT}:role/web`],
    boundInstanceProfileArns: [`arn:aws:iam::${ACCOUNT}:instance-profile/web*`],
    boundInstanceIds: ['i-01234567'],
  };
  const ec2 = new Ec2AuthRole(stack, 'ec2', {
    mount,
    roleName: 'ec2',
    ...instances,
    boundRegions: ['us-east-1'],
    roleTag: 'vault-role',
    allowInstanceMigration: true,
    policies: ['reader', 'writer'],
    tokenMaxTtl: Duration.hours(1),
  });
  new Ec2AuthRole(stack, 'once', {
    mount,
    roleName: 'once',
    boundAmiIds: [AMI],
    disallowReauthentication: true,
  });
  const tag = new RoleTag(stack, 'narrow', {
    role: ec2,
    instanceId: 'i-01234567',
    policies: ['reader'],
    maxTtl: Duration.minutes(5),
    allowInstanceMigration: true,
  });
  new InferredAuthRole(stack, 'inferred', {
    mount,
    roleName: 'inferred',
    inferredRegion: 'eu-west-1',
    boundPrincipals: [BoundPrincipal.arn(PRINCIPAL)],
    resolveAwsUniqueIds: false,
    ...instances,
  });
  new TerraformOutput(stack, 'tag', { value: tag.value, staticId: true });
}

beforeAll(async () => {
  sandbox = await TestSandbox.start();
  await sandbox.applyStack((app) => {
    const stack = new TerraformStack(app, 'method');
    wholeMethod(sandbox, stack);
    return stack;
  });
});
afterAll(() => sandbox.stop());

const read = async (path: string) => (await sandbox.vault<{ data: object }>('GET', path)).data;

const INSTANCES = {
  bound_ami_id: [AMI],
  bound_account_id: [ACCOUNT],
  bound_vpc_id: ['vpc-01234567'],
  bound_subnet_id: ['subnet-01234567'],
  bound_iam_role_arn: [`arn:aws:iam::${ACCOUNT}:role/web`],
  bound_iam_instance_profile_arn: [`arn:aws:iam::${ACCOUNT}:instance-profile/web*`],
  bound_ec2_instance_id: ['i-01234567'],
};

describe('Vault has every field as it was declared:', () => {
  test.each<[string, string, () => object]>([
    [
      'the mount',
      'sys/mounts/auth/teams/aws',
      () => ({ type: 'aws', description: 'For all teams', local: true }),
    ],
    [
      'its tuning',
      'sys/mounts/auth/teams/aws/tune',
      () => ({
        default_lease_ttl: 5400,
        max_lease_ttl: 36_000,
        listing_visibility: 'unauth',
        token_type: 'default-batch',
        audit_non_hmac_request_keys: ['role'],
        audit_non_hmac_response_keys: ['errors'],
        passthrough_request_headers: ['X-Forwarded-For'],
        allowed_response_headers: ['X-Team'],
      }),
    ],
    [
      'the identity configuration',
      'auth/teams/aws/config/identity',
      () => ({
        iam_alias: 'full_arn',
        ec2_alias: 'image_id',
        iam_metadata: ['auth_type', 'client_arn'],
        ec2_metadata: ['ami_id', 'region'],
      }),
    ],
    [
      'the identity access list tidying',
      'auth/teams/aws/config/tidy/identity-accesslist',
      () => ({ safety_buffer: 7200, disable_periodic_tidy: true }),
    ],
    [
      'the role tag deny list tidying',
      'auth/teams/aws/config/tidy/roletag-denylist',
      () => ({ safety_buffer: 10_800, disable_periodic_tidy: true }),
    ],
    [
      'the client configuration',
      'auth/teams/aws/config/client',
      () => ({
        access_key: expect.stringMatching(/^A/) as string,
        endpoint: sandbox.record.aws.endpoint,
        iam_endpoint: sandbox.record.aws.endpoint,
        sts_endpoint: sandbox.record.aws.endpoint,
        sts_region: 'us-east-1',
        iam_server_id_header_value: 'vault.example.com',
        max_retries: 3,
        use_sts_region_from_client: false,
      }),
    ],
    ['the STS role', 'auth/teams/aws/config/sts/222222222222', () => ({ sts_role: LOOK_UP })],
    [
      'the certificate',
      'auth/teams/aws/config/certificate/region',
      () => ({
        aws_public_cert: expect.stringContaining(authority.certificate.trim()) as string,
        type: 'identity',
      }),
    ],
    [
      'a role of type iam, and its tokens',
      'auth/teams/aws/role/iam',
      () => ({
        auth_type: 'iam',
        bound_iam_principal_arn: [PRINCIPAL],
        bound_iam_principal_id: [],
        resolve_aws_unique_ids: false,
        token_policies: ['reader'],
        token_ttl: 600,
        token_max_ttl: 3600,
        token_explicit_max_ttl: 7200,
        token_num_uses: 5,
        token_type: 'service',
        token_bound_cidrs: ['10.0.0.0/8', '192.0.2.1'],
        token_no_default_policy: true,
      }),
    ],
    ['periodic tokens', 'auth/teams/aws/role/periodic', () => ({ token_period: 10_800, token_ttl: 0 })],
    [
      'a role of type ec2',
      'auth/teams/aws/role/ec2',
      () => ({
        auth_type: 'ec2',
        ...INSTANCES,
        bound_region: ['us-east-1'],
        role_tag: 'vault-role',
        allow_instance_migration: true,
        disallow_reauthentication: false,
      }),
    ],
    [
      'a role of type ec2 for one login',
      'auth/teams/aws/role/once',
      () => ({ disallow_reauthentication: true }),
    ],
    [
      'a role of type iam with inference',
      'auth/teams/aws/role/inferred',
      () => ({
        auth_type: 'iam',
        inferred_entity_type: 'ec2_instance',
        inferred_aws_region: 'eu-west-1',
        bound_iam_principal_arn: [PRINCIPAL],
        ...INSTANCES,
      }),
    ],
  ])('%s', async (_, path, fields) => {
    expect(await read(path)).toMatchObject(fields());
  });

  test('a role tag', async () => {
    const outputs = JSON.parse(await sandbox.mustSucceed('output', '-json')) as { tag: { value: string } };

    expect(outputs.tag.value).toMatch(/^v1:[^:]+:r=ec2:d=false:m=true:p=reader:i=i-01234567:t=300:/);
  });
});

test('the same once more plans no change', async () => {
  expect(await sandbox.plannedChanges()).toBeUndefined();
});

test('a role that is replaced signs its tags again', async () => {
  const tag = async () =>
    (JSON.parse(await sandbox.mustSucceed('output', '-json')) as { tag: { value: string } }).tag.value;
  const before = await tag();

  await sandbox.mustSucceed(
    'apply',
    '-input=false',
    '-auto-approve',
    '-replace=vault_aws_auth_backend_role.ec2',
  );

  expect(await tag()).not.toBe(before);
});

test('a destroy leaves nothing of the mount', async () => {
  await sandbox.mustSucceed('destroy', '-input=false', '-auto-approve');

  expect(await sandbox.vault('GET', 'sys/auth')).not.toHaveProperty('teams/aws/');
});
