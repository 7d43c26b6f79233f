import { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import { trustedAccount } from '../../../lib/constructs/aws';
import {
  SELF_ROTATING_IAM_USER,
  SelfRotatingIamUser,
} from '../../../lib/constructs/aws/self-rotating-iam-user';
import { TEST_USER, TestUser } from '../../../lib/constructs/aws/test-user';
import {
  EXISTING_VAULT_IAM_ROLE,
  NEW_VAULT_IAM_ROLE,
  VaultIamRole,
} from '../../../lib/constructs/aws/vault-iam-role';
import { VAULT_IAM_USER, VaultIamUser } from '../../../lib/constructs/aws/vault-iam-user';
import { VAULT_LOOK_UP_ROLE, VaultLookUpRole } from '../../../lib/constructs/aws/vault-look-up-role';
import { AwsAuthClient } from '../../../lib/constructs/vault/client/aws-auth-client';
import { AWS_AUTH_CLIENT } from '../../../lib/constructs/vault/client/client-props';
import { AWS_CERTIFICATE, AwsCertificate } from '../../../lib/constructs/vault/client/aws-certificate';
import { STS_ROLE, StsRole } from '../../../lib/constructs/vault/client/sts-role';
import { IAM_GROUPS, IamGroups } from '../../../lib/constructs/vault/identity/iam-groups';
import { PEOPLE_GROUPS, PeopleGroups } from '../../../lib/constructs/vault/identity/people-groups';
import { AWS_AUTH_MOUNT, AwsAuthMount } from '../../../lib/constructs/vault/mount/aws-auth-mount';
import {
  VAULT_POLICY,
  VAULT_POLICY_OF_FILE,
  VaultPolicy,
} from '../../../lib/constructs/vault/policy/vault-policy';
import { EC2_AUTH_ROLE, Ec2AuthRole } from '../../../lib/constructs/vault/role/ec2-auth-role';
import { IAM_AUTH_ROLE, IamAuthRole } from '../../../lib/constructs/vault/role/iam-auth-role';
import { INFERRED_AUTH_ROLE, InferredAuthRole } from '../../../lib/constructs/vault/role/inferred-auth-role';
import { ROLE_TAG, RoleTag } from '../../../lib/constructs/vault/role/role-tag';
import { BoundPrincipal } from '../../../lib/constructs/vault';
import type { Field, ValueRule } from '../../../lib/constructs/checks';

type AnyProps = Readonly<Record<string, unknown>>;
// The props are the tables' own examples, which the compiler can't follow.
type AnyConstruct = new (stack: TerraformStack, id: string, props: never) => unknown;

/** A construct, its table, and props that have a value for each rule of the table. */
export interface Example {
  readonly type: unknown;
  readonly table: Field;
  readonly props: AnyProps;
  readonly declare: (stack: TerraformStack, props: AnyProps) => void;
}

const ROLE_ARN = 'arn:aws:iam::123456789012:role/app';
const policies = ['reader'];
const TASKS = [
  { assumeRole: 'arn:aws:iam::222222222222:role/look-up' },
  { replaceKeyOf: 'arn:aws:iam::123456789012:user/vault' },
] as const;
const permissionsBoundary = 'arn:aws:iam::123456789012:policy/bound';
const names = {
  userName: 'vault',
  path: '/',
  policyName: 'vault',
  permissionsFor: TASKS,
  permissionsBoundary,
};
const token = { roleName: 'app', policies, tokenBoundCidrs: ['10.0.0.0/8'], tokenTtl: Duration.hours(1) };
const binds = {
  boundAmiIds: ['ami-01234567'],
  boundAccountIds: ['123456789012'],
  boundVpcIds: ['vpc-01234567'],
  boundSubnetIds: ['subnet-01234567'],
  boundIamRoleArns: [ROLE_ARN],
  boundInstanceProfileArns: ['arn:aws:iam::123456789012:instance-profile/web'],
  boundInstanceIds: ['i-01234567'],
};

function example(
  table: Field,
  type: unknown,
  props: AnyProps,
  more: (stack: TerraformStack) => AnyProps = () => ({}),
): Example {
  return {
    type,
    table,
    props,
    declare: (stack, changed) =>
      new (type as AnyConstruct)(stack, 'it', { ...more(stack), ...changed } as never),
  };
}

const mounted = (identity: object) => (stack: TerraformStack) => ({
  mount: new AwsAuthMount(stack, 'mount', { identity }),
});
const onMount = mounted({});
const boundPrincipals = () => [BoundPrincipal.role('app')];

export const EXAMPLES: readonly Example[] = [
  example(TEST_USER, TestUser, { userName: 'dev', path: '/', permissionsBoundary }),
  example(VAULT_IAM_USER, VaultIamUser, names),
  example(SELF_ROTATING_IAM_USER, SelfRotatingIamUser, { ...names, rotation: 1 }),
  example(NEW_VAULT_IAM_ROLE, VaultIamRole, {
    permissionsFor: TASKS,
    path: '/',
    policyName: 'vault',
    roleName: 'vault',
    permissionsBoundary,
    trusted: [
      {
        serviceAccount: {
          oidcProviderArn: 'arn:aws:iam::123456789012:oidc-provider/example.com',
          namespace: 'vault',
          name: 'vault',
        },
      },
      { principalArn: ROLE_ARN, externalId: 'external' },
    ],
  }),
  example(EXISTING_VAULT_IAM_ROLE, VaultIamRole, {
    permissionsFor: TASKS,
    path: '/',
    policyName: 'vault',
    roleArn: ROLE_ARN,
  }),
  example(VAULT_LOOK_UP_ROLE, VaultLookUpRole, {
    account: trustedAccount({ accountId: '222222222222', externalId: 'external' }),
    vaultIdentityArn: ROLE_ARN,
    permissionsFor: TASKS,
    permissionsBoundary,
  }),
  example(STS_ROLE, StsRole, { accountId: '123456789012', roleArn: ROLE_ARN, externalId: 'ab' }, onMount),
  example(AWS_CERTIFICATE, AwsCertificate, { certificateName: 'a', pem: '' }, onMount),
  example(
    AWS_AUTH_CLIENT,
    AwsAuthClient,
    {
      endpoints: {
        iam: 'https://iam.local',
        sts: { url: 'https://sts.local', region: 'eu-central-1' },
        ec2: 'https://ec2.local',
      },
      serverIdHeader: 'vault.example.com',
      credentials: { identityToken: { audience: 'vault', roleArn: ROLE_ARN } },
      rotation: { schedule: '0 3 * * 0' },
      allowedStsHeaders: ['X-Custom'],
      grantedPermissions: TASKS,
    },
    onMount,
  ),
  example(AWS_AUTH_MOUNT, AwsAuthMount, {
    path: 'aws',
    ownAccountId: '123456789012',
    tune: {
      auditNonHmacRequestKeys: ['key'],
      auditNonHmacResponseKeys: ['key'],
      passthroughRequestHeaders: ['X-Custom'],
      allowedResponseHeaders: ['X-Custom'],
    },
  }),
  example(VAULT_POLICY, VaultPolicy, { policyName: 'reader', rules: [] }),
  example(VAULT_POLICY_OF_FILE, VaultPolicy, {
    policyName: 'reader',
    file: { path: 'reader.hcl', text: '', rules: [], remarks: [] },
  }),
  example(IAM_AUTH_ROLE, IamAuthRole, { ...token, boundPrincipals: boundPrincipals() }, onMount),
  example(
    INFERRED_AUTH_ROLE,
    InferredAuthRole,
    { ...token, ...binds, inferredRegion: 'eu-central-1' },
    onMount,
  ),
  example(
    EC2_AUTH_ROLE,
    Ec2AuthRole,
    { ...token, ...binds, boundRegions: ['eu-central-1'], roleTag: 'VaultRole' },
    onMount,
  ),
  example(ROLE_TAG, RoleTag, { instanceId: 'i-01234567', policies }, (stack) => ({
    role: new Ec2AuthRole(stack, 'role', { ...onMount(stack), roleName: 'web', policies, roleTag: 'tag' }),
  })),
  example(
    IAM_GROUPS,
    IamGroups,
    { roleName: 'people', groups: { developers: policies } },
    mounted({ iamAlias: 'unique_id' }),
  ),
  example(
    PEOPLE_GROUPS,
    PeopleGroups,
    {
      roleName: 'people',
      permissionSets: [{ name: 'Developer', region: 'eu-central-1' }],
      groups: { developers: { people: ['alice'], policies } },
    },
    mounted({ iamAlias: 'full_arn' }),
  ),
];

/** A text of the props that keeps a rule. */
export interface RuledText {
  /** As messages call it: `rules[0].path`. */
  readonly place: string;
  /** Where it is in the table, which has one row for all entries of a list or map: `rules.0.path`. */
  readonly row: string;
  readonly rule: ValueRule;
  /** The props with another text there. */
  readonly with: (text: unknown) => AnyProps;
}

/** Each text of the props that keeps a rule. */
export function ruledTexts({ rows = {} }: Field, props: AnyProps): RuledText[] {
  return Object.entries(rows).flatMap(([name, field]) =>
    name in props && props[name] !== undefined
      ? below(field, props[name], { place: name, row: name, with: (text) => ({ ...props, [name]: text }) })
      : [],
  );
}

type Place = Omit<RuledText, 'rule' | 'with'> & { readonly with: (text: unknown) => AnyProps };

function below(field: Field, value: unknown, at: Place): RuledText[] {
  if (typeof value === 'string') {
    return field.value ? [{ ...at, rule: field.value }] : [];
  }
  const [row, entry] = Object.entries(field.rows ?? {})[0] ?? [];
  if (Array.isArray(value) && entry) {
    return (value as unknown[]).flatMap((each, index) =>
      below(entry, each, {
        place: `${at.place}[${index}]`,
        row: `${at.row}.0`,
        with: (text) => at.with((value as unknown[]).map((other, i) => (i === index ? text : other))),
      }),
    );
  }
  return Object.entries((value ?? {}) as AnyProps).flatMap(([name, each]) => {
    const known = row === 'KEY' ? entry : field.rows?.[name];
    return known
      ? below(known, each, {
          place: `${at.place}.${name}`,
          row: `${at.row}.${row === 'KEY' ? 'KEY' : name}`,
          with: (text) => at.with({ ...(value as AnyProps), [name]: text }),
        })
      : [];
  });
}

/** Where a table has a rule for a text. */
export function ruledRows({ rows = {} }: Field, at = ''): string[] {
  return Object.entries(rows).flatMap(([name, field]) => [
    ...(field.value ? [`${at}${name}`] : []),
    ...ruledRows(field, `${at}${name}.`),
  ]);
}
