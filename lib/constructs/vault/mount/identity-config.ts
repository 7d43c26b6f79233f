import { type Field, listOf, objectOf, oneOf, optional, withRule } from '../../checks';
import type { AwsAuthBackendConfigIdentityConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-config-identity';
import { Token } from 'cdktf';

/**
 * The metadata that Vault can note about a login of type iam. Source: `iamAuthMetadataFields` in
 * path_config_identity.go (1.21.1).
 */
export const IAM_METADATA = [
  'account_id',
  'auth_type',
  'canonical_arn',
  'client_arn',
  'client_user_id',
  'inferred_aws_region',
  'inferred_entity_id',
  'inferred_entity_type',
  'inferred_hostname',
] as const;

/**
 * The metadata that Vault can note about a login of type ec2. Source: `ec2AuthMetadataFields` in
 * path_config_identity.go.
 */
export const EC2_METADATA = ['account_id', 'auth_type', 'ami_id', 'instance_id', 'region'] as const;

export type IamMetadata = (typeof IAM_METADATA)[number];
export type Ec2Metadata = (typeof EC2_METADATA)[number];

/** The metadata of a login if nothing else is configured. */
const DEFAULT_METADATA = ['account_id', 'auth_type'] as const;

/**
 * Who is who: how a login finds its entity in Vault, and what is noted about it.
 *
 * A changed alias on a mount in use gives new logins new entities; tokens already issued keep theirs.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-identity-integration
 */
export interface IdentityConfigProps {
  /**
   * What names the alias of a login of type iam: the role of Vault, so that all its callers share one entity; the unique
   * ID of the IAM user or IAM role, so that all sessions of an IAM role share one; the ARN with the session's name; or
   * the ARN without it (`canonical_arn`, which needs the provider 5.11.0).
   *
   * A template of a policy is right under some of them only: docs/templates.md has the table.
   *
   * @default 'role_id'
   */
  readonly iamAlias?: 'role_id' | 'unique_id' | 'full_arn' | 'canonical_arn';

  /** What names the alias of a login of type ec2. @default 'role_id' */
  readonly ec2Alias?: 'role_id' | 'instance_id' | 'image_id';

  /**
   * The metadata on the alias and the token of a login of type iam. It must have `auth_type`: without it, Vault renews
   * the token as one of type ec2, which fails.
   *
   * Source: `pathLoginRenew` in `builtin/credential/aws/path_login.go` of Vault (1.21.1); tried.
   *
   * @default account_id, auth_type
   */
  readonly iamMetadata?: readonly IamMetadata[];

  /** The metadata on the alias and the token of a login of type ec2. @default account_id, auth_type */
  readonly ec2Metadata?: readonly Ec2Metadata[];
}

/** What it must be. */
export const IDENTITY: Field = objectOf({
  iamAlias: optional(oneOf('role_id', 'unique_id', 'full_arn', 'canonical_arn')),
  ec2Alias: optional(oneOf('role_id', 'instance_id', 'image_id')),
  iamMetadata: optional(
    withRule(listOf(oneOf(...IAM_METADATA)), (place, keys: readonly IamMetadata[]) =>
      Token.isUnresolved(keys) || keys.includes('auth_type')
        ? []
        : `${place}: must have 'auth_type', or no token of type iam can be renewed; got ${keys.join(', ') || 'an empty list'}`,
    ),
  ),
  ec2Metadata: optional(listOf(oneOf(...EC2_METADATA))),
} satisfies Record<keyof IdentityConfigProps, Field>);

/** The identity configuration, with defaults for what is not given. */
export function identityWithDefaults(identity: IdentityConfigProps = {}) {
  return {
    iamAlias: identity.iamAlias ?? 'role_id',
    ec2Alias: identity.ec2Alias ?? 'role_id',
    iamMetadata: [...(identity.iamMetadata ?? DEFAULT_METADATA)],
    ec2Metadata: [...(identity.ec2Metadata ?? DEFAULT_METADATA)],
  } satisfies AwsAuthBackendConfigIdentityConfig;
}
