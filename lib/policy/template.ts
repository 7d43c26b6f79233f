import { TERRAFORM_TOKEN } from './token';

/** The templates of an entity alias: one name of an entity at one auth mount. */
export interface AliasTemplates {
  /** The alias's own ID, made by Vault. */
  readonly id: string;

  /**
   * The name that the auth method gives to the principal that logs in; for AWS see `iam_alias` of the mount.
   */
  readonly name: string;

  /**
   * What the auth method says about the last login by this alias. Unsafe if several callers share an alias: the
   * value is that of the caller that logged in last, also for tokens that others already have.
   */
  metadata(key: string): string;

  /** What an administrator wrote at the alias. */
  customMetadata(key: string): string;
}

/** The templates of a group. */
export interface GroupTemplates {
  readonly id: string;
  readonly name: string;
  metadata(key: string): string;
}

/**
 * Templates for a rule's path. Vault fills them in with values of the entity of the token that asks. If the
 * token has no entity, or the entity has no such value, the whole rule does not apply.
 *
 * Who the entity is depends on the auth method. Several callers can be one entity: for AWS, docs/templates.md says
 * which value is a caller's own.
 *
 * Vault fills them in before it looks for wildcards, so anyone who may set a value may set `*`. Use only
 * values that their owner can't choose.
 *
 * Source: https://developer.hashicorp.com/vault/docs/concepts/policies#templated-policies, `parsePaths` in
 * Vault's `vault/policy.go` (1.21.1).
 *
 * @example
 * kv2.read('secret', `people/${entity.id}/*`)
 */
export const entity = {
  id: '{{identity.entity.id}}',
  name: '{{identity.entity.name}}',

  /** @throws Error if the key has other characters than letters, digits and `=/+_-`: no entity can have it */
  metadata: (key: string): string => `{{identity.entity.metadata.${checkKey(key)}}}`,
};

/**
 * Templates for the alias of the {@link entity} at an auth mount.
 *
 * @param accessor the accessor of the mount, `auth_aws_1a2b3c4d`, or a cdktf token of it
 * @throws Error if the accessor is empty or has dots or braces
 */
export function alias(accessor: string): AliasTemplates {
  const prefix = `identity.entity.aliases.${checkSegment('accessor', accessor)}`;
  return {
    id: `{{${prefix}.id}}`,
    name: `{{${prefix}.name}}`,
    metadata: (key) => `{{${prefix}.metadata.${checkAliasKey(key)}}}`,
    customMetadata: (key) => `{{${prefix}.custom_metadata.${checkAliasKey(key)}}}`,
  };
}

/**
 * Templates for a group, by its ID or its name. A rule with one applies only to members of the group.
 *
 * @throws Error if the ID or name is empty or has dots or braces: Vault would never find it
 */
export function group(by: { readonly id: string } | { readonly name: string }): GroupTemplates {
  const prefix =
    'id' in by
      ? `identity.groups.ids.${checkSegment('group ID', by.id)}`
      : `identity.groups.names.${checkSegment('group name', by.name)}`;
  return {
    id: `{{${prefix}.id}}`,
    name: `{{${prefix}.name}}`,
    metadata: (key) => `{{${prefix}.metadata.${checkKey(key)}}}`,
  };
}

/** Source: `metaKeyFormatRegEx` in Vault's `vault/identity_store_structs.go` (1.21.1). */
function checkKey(key: string): string {
  if (!/^[a-zA-Z0-9=/+_-]+$/.test(key.replace(TERRAFORM_TOKEN, 'token'))) {
    throw new Error(
      `The metadata key of an entity or a group has only letters, digits and =/+_-, and at least one; got '${key}'.`,
    );
  }
  return key;
}

function checkAliasKey(key: string): string {
  const literal = key.replace(TERRAFORM_TOKEN, 'token');
  if (literal === '' || literal !== literal.trim() || /[{}]/.test(literal)) {
    throw new Error(
      `The metadata key of an alias must not be empty or have braces or outer white space; got '${key}'.`,
    );
  }
  return key;
}

/** For Vault a dot ends it. */
function checkSegment(what: string, segment: string): string {
  const literal = segment.replace(TERRAFORM_TOKEN, 'token');
  if (literal === '' || /[.{}]/.test(literal)) {
    throw new Error(`The ${what} of a template must not be empty or have dots or braces; got '${segment}'.`);
  }
  return segment;
}
