import type { PolicyRule } from '../../policy';
import type { VaultLocation } from '../../vault-api';

/** A login as it is declared: where, by which role, and with which result. */
export interface DeclaredLogin extends VaultLocation {
  /** Where the auth method is mounted, without `auth/`. */
  readonly mountPath: string;

  readonly role: string;

  /** What the mount requires of logins in X-Vault-AWS-IAM-Server-ID. @default the header is not sent */
  readonly serverIdHeader?: string;

  /** The region whose STS Vault is set to ask. @default 'us-east-1', which means the global STS */
  readonly region?: string;

  /**
   * The URL of STS as seen from here. It is asked who the caller is if Vault's answer does not say so.
   *
   * @default the region's public STS
   */
  readonly stsEndpoint?: string;

  /**
   * All policies that the principal should have, the role's and those of its identity groups; without
   * `default`, which Vault adds by itself.
   */
  readonly policies: readonly { readonly name: string; readonly rules: readonly PolicyRule[] }[];
}

/** In a path of a declared policy: a part that only an apply can know. Vault is not asked about such a path. */
export const KNOWN_AT_APPLY = '(known only at apply)';

/** The API path of the login, which is also how Vault's answers and logs name the mount. */
export function loginPath({ mountPath }: Pick<DeclaredLogin, 'mountPath'>): string {
  return `auth/${mountPath}/login`;
}
