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

/** One of {@link CAPABILITIES}. `deny` overrides all others and must stand alone. */
export type Capability = (typeof CAPABILITIES)[number];

/** One `path` block of a Vault ACL policy. */
export interface PolicyRule {
  /**
   * The API path the rule is for, as Vault's HTTP API names it without `/v1/`: `secret/data/app`.
   * A `*` at the end matches any suffix, a `+` any one segment.
   */
  readonly path: string;

  /** What is allowed on the path; at least one. The order has no meaning to Vault. */
  readonly capabilities: readonly Capability[];
}
