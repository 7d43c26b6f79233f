import type { Caller, CallerKind, RoleKind } from './caller';
import type { Ec2Metadata, IamMetadata, IdentityConfigProps } from './identity-config';

/** What Vault knows of an entity, and of its alias at the mount, besides the metadata of the login. */
export const ENTITY_VALUES = [
  'entity.id',
  'entity.name',
  'entity.metadata',
  'alias.id',
  'alias.name',
  'alias.custom_metadata',
] as const;

/** A value that a template may have. A metadata key is that of the alias. */
export type TemplateValue = (typeof ENTITY_VALUES)[number] | IamMetadata | Ec2Metadata;

/** These name a caller. The others say something of it that other callers may share, such as its account. */
export const NAMING: readonly TemplateValue[] = [
  ...ENTITY_VALUES,
  'client_arn',
  'client_user_id',
  'inferred_entity_id',
  'inferred_hostname',
  'instance_id',
];

export type IamAlias = NonNullable<IdentityConfigProps['iamAlias']>;
export type Ec2Alias = NonNullable<IdentityConfigProps['ec2Alias']>;

/** What is right under an alias. */
export interface AliasRow {
  /** Says the same of all callers who share an alias, so no login of one changes it for another. */
  readonly anyCaller: readonly TemplateValue[];
  /** Names one such caller alone, and each of its logins has it. */
  readonly own: Readonly<Partial<Record<CallerKind, readonly TemplateValue[]>>>;
}

/**
 * Which values a template may have: those that are the caller's at a login, and stay so when somebody else logs in.
 * What is not here is shared with another caller, or another's login changes it, also for tokens already issued.
 *
 * A login finds its entity by the alias, and writes its metadata there. So an alias that several callers share has the
 * metadata of the last login. `session` has no row: only what is right for any caller is right for it.
 *
 * `inferred_hostname` is nowhere right, because instances of two VPCs can have one private address.
 *
 * Each cell is shown by logins on a real Vault in test/e2e/policy/template-table.test.ts. docs/templates.md has the
 * same table.
 *
 * Source: `pathLoginUpdateIam` and `pathLoginUpdateEc2` in `builtin/credential/aws/path_login.go` of Vault (1.21.1).
 */
export const TEMPLATE_TABLE = {
  iam: {
    role_id: { anyCaller: ['auth_type'], own: { 'vault-role': ENTITY_VALUES } },
    unique_id: {
      anyCaller: ['account_id', 'auth_type', 'canonical_arn'],
      own: {
        user: [...ENTITY_VALUES, 'client_arn', 'client_user_id'],
        'iam-role': [...ENTITY_VALUES, 'client_user_id'],
      },
    },
    // A principal that is made again under its name has the same alias and another ID.
    full_arn: {
      anyCaller: ['account_id', 'auth_type', 'canonical_arn'],
      own: {
        user: [...ENTITY_VALUES, 'client_arn'],
        person: [...ENTITY_VALUES, 'client_arn'],
        'pinned-session': [...ENTITY_VALUES, 'client_arn'],
      },
    },
    canonical_arn: {
      anyCaller: ['account_id', 'auth_type', 'canonical_arn'],
      own: { user: [...ENTITY_VALUES, 'client_arn'], 'iam-role': ENTITY_VALUES },
    },
  },
  'iam with inference': {
    role_id: {
      anyCaller: ['auth_type', 'inferred_aws_region', 'inferred_entity_type'],
      own: { 'vault-role': ENTITY_VALUES },
    },
    unique_id: {
      anyCaller: ['account_id', 'auth_type', 'canonical_arn', 'inferred_entity_type'],
      own: { 'iam-role': [...ENTITY_VALUES, 'client_user_id'] },
    },
    full_arn: {
      anyCaller: ['account_id', 'auth_type', 'canonical_arn', 'inferred_aws_region', 'inferred_entity_type'],
      own: { 'pinned-session': [...ENTITY_VALUES, 'client_arn', 'inferred_entity_id'] },
    },
    canonical_arn: {
      anyCaller: ['account_id', 'auth_type', 'canonical_arn', 'inferred_entity_type'],
      own: { 'iam-role': ENTITY_VALUES },
    },
  },
  ec2: {
    role_id: { anyCaller: ['auth_type'], own: { 'vault-role': ENTITY_VALUES } },
    instance_id: {
      anyCaller: ['account_id', 'auth_type', 'ami_id', 'region'],
      own: { instance: [...ENTITY_VALUES, 'instance_id'] },
    },
    image_id: { anyCaller: ['auth_type', 'ami_id', 'region'], own: { image: ENTITY_VALUES } },
  },
} as const satisfies {
  readonly iam: Readonly<Record<IamAlias, AliasRow>>;
  readonly 'iam with inference': Readonly<Record<IamAlias, AliasRow>>;
  readonly ec2: Readonly<Record<Ec2Alias, AliasRow>>;
};

/** The rows of a kind of login, by alias. */
export function aliasRows(kind: RoleKind): readonly [alias: IamAlias | Ec2Alias, row: AliasRow][] {
  return Object.entries(TEMPLATE_TABLE[kind]) as [IamAlias | Ec2Alias, AliasRow][];
}

/** Whether a template may have a value, for such a caller. */
export function isRight(kind: RoleKind, alias: string, caller: Caller, value: TemplateValue): boolean {
  const row = aliasRows(kind).find(([name]) => name === alias)?.[1];
  const right = row?.anyCaller.includes(value) || row?.own[caller.kind]?.includes(value);
  return Boolean(right) && !(caller.wildcard && isArn(alias, value));
}

/**
 * Whether a value is an ARN. Behind a wildcard a principal may be named `+`, and Vault, which fills in values before it
 * looks for wildcards, takes such a segment for one.
 */
function isArn(alias: string, value: TemplateValue): boolean {
  return (
    value === 'client_arn' ||
    value === 'canonical_arn' ||
    (value === 'alias.name' && (alias === 'full_arn' || alias === 'canonical_arn'))
  );
}
