/** An AWS auth method, its policies and its IAM users as they are, in the words of Vault and AWS. */
export interface Live {
  readonly method: LiveMethod;
  readonly vaultUser: LiveUser;
  /** The managed policy that gives Vault's user its permissions. */
  readonly iamPolicy: LiveIamPolicy;
  readonly testUser?: LiveUser;
}

export interface LiveMethod {
  /** Without `auth/`. */
  readonly mountPath: string;
  readonly description: string;
  readonly local: boolean;
  /** Fields of the mount's tuning that are not Vault's own. */
  readonly tuned: readonly string[];
  readonly client: LiveClient;
  /** Fields of the identity configuration that are not Vault's own. */
  readonly identity: readonly string[];
  readonly roleName: string;
  readonly role: LiveRole;
  /** The other roles, with their types. */
  readonly otherRoles: Readonly<Record<string, string>>;
  /** Texts of the role's policies; undefined where there is no such policy. */
  readonly policies: Readonly<Record<string, string | undefined>>;
  /** Accounts with a `config/sts`. */
  readonly stsAccounts: readonly string[];
  /** Names of certificates. */
  readonly certificates: readonly string[];
}

/** `config/client`, without the secret, which Vault never gives back. */
export interface LiveClient {
  readonly access_key: string;
  readonly endpoint: string;
  readonly iam_endpoint: string;
  readonly sts_endpoint: string;
  readonly sts_region: string;
  readonly use_sts_region_from_client?: boolean;
  readonly iam_server_id_header_value: string;
  readonly max_retries: number;
  readonly allowed_sts_header_values?: readonly string[] | null;
  readonly role_arn?: string;
}

/** `role/NAME`. TTLs are seconds. */
export interface LiveRole {
  readonly auth_type: string;
  readonly inferred_entity_type: string;
  readonly bound_iam_principal_arn: readonly string[];
  readonly resolve_aws_unique_ids: boolean;
  readonly token_ttl: number;
  readonly token_max_ttl: number;
  readonly token_explicit_max_ttl: number;
  readonly token_period: number;
  readonly token_num_uses: number;
  readonly token_type: 'default' | 'service' | 'batch';
  readonly token_bound_cidrs: readonly string[];
  readonly token_no_default_policy: boolean;
  readonly token_policies: readonly string[];
  readonly alias_metadata?: Readonly<Record<string, string>> | null;
}

export interface LiveUser {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissionsBoundary?: string;
  readonly accessKeys: readonly { readonly id: string; readonly active: boolean }[];
  readonly attachedPolicies: readonly { readonly name: string; readonly arn: string }[];
  readonly inlinePolicies: readonly string[];
  readonly groups: readonly string[];
}

export interface LiveIamPolicy {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string;
  readonly document: object;
  readonly tags: Readonly<Record<string, string>>;
}

/** Something is there that the stack of settings.ts can't describe; nothing is written then. */
export class CannotAdoptError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `Nothing was written, for this can't be adopted:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'CannotAdoptError';
  }
}
