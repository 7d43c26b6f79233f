import { ask, type LiveRole, type MethodClient, rolePath } from '../../vault-api';

/** No client has this address. */
const NOBODY = '255.255.255.255/32';

/**
 * Closes a role to new logins. Its binds, its ID and the tokens it issued stay as they are; the next write of
 * the role by Terraform opens it again.
 *
 * Source: `pathLoginUpdateIam` in `path_login.go` (1.21.1), which looks at the role's CIDRs first.
 */
export async function closeRole(methodClient: MethodClient, role: string): Promise<void> {
  await ask(methodClient, 'POST', rolePath(methodClient, role), { body: { token_bound_cidrs: [NOBODY] } });
}

/** Whether {@link closeRole} closed the role, and nothing wrote the role since. */
export function isClosed({ token_bound_cidrs }: LiveRole): boolean {
  // Vault returns a single address without its prefix length.
  return token_bound_cidrs.length === 1 && NOBODY.startsWith(token_bound_cidrs[0]!);
}
