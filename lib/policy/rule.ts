/**
 * What a Vault ACL policy rule may allow on its path.
 *
 * Source: https://developer.hashicorp.com/vault/docs/concepts/policies#capabilities
 */
export const CAPABILITIES = [
  'create',
  'read',
  'update',
  'delete',
  'list',
  'patch',
  'subscribe',
  'recover',
  'sudo',
  'deny',
] as const;

/** One of {@link CAPABILITIES}. `deny` overrides all others and must be the only one. */
export type Capability = (typeof CAPABILITIES)[number];

/**
 * A value of a request's parameter. A string may start or end with `*`, which matches anything. `true` and
 * `false` match those of JSON only: `vault write` sends strings. `checkRules` refuses numbers, because Vault
 * never finds one equal to a request's. The type has them so that an existing policy with a number can be
 * read and shown.
 *
 * A list or an object matches only an equal list or object of a request; `*` has no meaning in it.
 *
 * A list in a request, or a string with commas, is allowed if each of its items is allowed, and denied if one
 * of them is denied.
 *
 * Source: `valueInParameterList` and its callers in Vault's `vault/acl.go` (1.21.1).
 */
export type ParameterValue =
  string | number | boolean | readonly ParameterValue[] | { readonly [name: string]: ParameterValue };

/**
 * Values by the name of their parameter. The case of the name does not count. An empty list means any value.
 */
export type ParameterValues = Readonly<Record<string, readonly ParameterValue[]>>;

/**
 * One `path` block of a Vault ACL policy.
 *
 * Parameters are judged on create, read, update, patch and recover requests, and not on list and delete.
 *
 * Source: `PathRules` in Vault's `vault/policy.go`, `AllowOperation` in `vault/acl.go` (1.21.1), and
 * https://developer.hashicorp.com/vault/docs/concepts/policies#parameter-constraints
 */
export interface PolicyRule {
  /**
   * The API path that the rule is for, as Vault's HTTP API names it without `/v1/`: `secret/data/app`. A `*`
   * at the end matches any suffix, a `+` any one segment, and Vault fills in `{{identity.entity.id}}` and
   * similar templates for the entity that asks.
   */
  readonly path: string;

  /** What is allowed on the path; at least one. The order has no meaning to Vault. */
  readonly capabilities: readonly Capability[];

  /**
   * Names of parameters that every request must carry, reads too; in lower case, here and in the request.
   * @default none
   */
  readonly requiredParameters?: readonly string[];

  /**
   * The only parameters that a request may carry, and their values. The name `*`, with an empty list, allows
   * all others with any value.
   * @default any parameter
   */
  readonly allowedParameters?: ParameterValues;

  /**
   * Parameters that a request must not carry, or not with these values; stronger than
   * {@link allowedParameters}. The name `*`, with an empty list, denies every parameter.
   * @default none
   */
  readonly deniedParameters?: ParameterValues;

  /**
   * The shortest TTL of a wrapped response, in whole seconds; with it a request must ask for wrapping.
   * @default none
   */
  readonly minWrappingTtl?: number;

  /**
   * The longest TTL of a wrapped response, in whole seconds, not below {@link minWrappingTtl}; with it a
   * request must ask for wrapping.
   * @default none
   */
  readonly maxWrappingTtl?: number;

  /**
   * The event types that `subscribe` is about: `kv-v2/data-write`, `kv*`. Only Vault Enterprise sends events.
   * @default none
   */
  readonly subscribeEventTypes?: readonly string[];
}
