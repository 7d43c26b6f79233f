import type { LiveClient, LiveRole } from '../../vault-api';

/** An AWS auth method, its policies and its IAM users as they are, with the names of Vault and AWS. */
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
  /** Fields of the mount's tuning that differ from Vault's defaults. */
  readonly tuned: readonly string[];
  readonly client: LiveClient;
  /** Fields of the identity configuration that differ from Vault's defaults. */
  readonly identity: readonly string[];
  readonly roleName: string;
  readonly role: LiveRole;
  /** The other roles, with their types. */
  readonly otherRoles: Readonly<Record<string, string>>;
  /** Texts of the role's policies; undefined if there is no such policy. */
  readonly policies: Readonly<Record<string, string | undefined>>;
  /** Accounts with a `config/sts`. */
  readonly stsAccounts: readonly string[];
  /** Names of certificates. */
  readonly certificates: readonly string[];
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
      `Nothing was written, because this can't be adopted:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'CannotAdoptError';
  }
}
