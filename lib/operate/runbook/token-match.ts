import type { Principal } from '../../iam';

/** What Vault says about a token to a client that has its accessor; the names are those of its API. */
export interface LiveToken {
  readonly accessor: string;
  readonly display_name: string;
  /** Where it was issued: `auth/MOUNT/login`. */
  readonly path: string;
  readonly meta: Readonly<Record<string, string>> | null;
  readonly entity_id: string;
}

/** Whose tokens are meant. */
export type TokenOwner =
  { readonly role: string; readonly roleId?: string } | { readonly principal: Principal };

export type TokenMatch = 'yes' | 'no' | 'unknown';

/**
 * Whether a token was issued by a login of the owner through the mount.
 *
 * For a login of type iam Vault records the ID of the role. The display name has the mount, the principal
 * and, for an assumed role, the session. For a login of type ec2 Vault records the name of the role. The
 * account distinguishes principals of the same name. If `iam_metadata` of the mount leaves it out, the answer
 * is 'unknown'.
 *
 * Source: `pathLoginUpdateIam` and `pathLoginUpdateEc2` in `path_login.go`, `LoginCreateToken` in
 * `vault/request_handling.go` (1.21.1).
 */
export function matchToken(token: LiveToken, mountPath: string, owner: TokenOwner): TokenMatch {
  const meta = token.meta ?? {};
  if (token.path !== `auth/${mountPath}/login`) {
    return 'no';
  }
  if ('role' in owner) {
    return meta.role === owner.role || (owner.roleId !== undefined && meta.role_id === owner.roleId)
      ? 'yes'
      : 'no';
  }
  // A token of type ec2 belongs to an instance, not to a principal.
  if (meta.role_id === undefined || !namesPrincipal(token.display_name, mountPath, owner.principal)) {
    return 'no';
  }
  if (meta.account_id === undefined) {
    return 'unknown';
  }
  return meta.account_id === owner.principal.accountId ? 'yes' : 'no';
}

function namesPrincipal(displayName: string, mountPath: string, principal: Principal): boolean {
  const { kind, name, session } = principal;
  const named = `${mountPath.replaceAll('/', '-')}-${name}`;
  return kind === 'role' && session === undefined
    ? displayName.startsWith(`${named}/`)
    : // Vault cuts one '-' off the end.
      displayName === `${named}${session === undefined ? '' : `/${session}`}`.replace(/-$/, '');
}
