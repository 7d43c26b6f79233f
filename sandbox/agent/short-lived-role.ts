import { callVault } from '../../lib/vault-api';
import type { SandboxRecord } from '../sandbox-folder';

/** Its name in Vault. Terraform does not know it, so its plan stays empty. */
export const SHORT_LIVED_ROLE = 'sandbox_agent';

/** The fields that a login by the copy needs, in addition to `token_…`. */
const COPIED = ['auth_type', 'bound_iam_principal_arn', 'resolve_aws_unique_ids'];

/**
 * Copies an iam role for tokens with a shorter life: a token of an hour is renewed only after 40 minutes.
 *
 * @param ttl in seconds, between renewals
 */
export async function copyRole(
  { vault }: SandboxRecord,
  { mountPath, role, ttl }: { readonly mountPath: string; readonly role: string; readonly ttl: number },
): Promise<void> {
  const call = { vaultAddress: vault.address };
  const { data } = (await callVault(call, {
    method: 'GET',
    path: `auth/${mountPath}/role/${role}`,
    token: vault.token,
  })) as { data: Record<string, unknown> };
  const copied = Object.entries(data).filter(([name]) => COPIED.includes(name) || name.startsWith('token_'));
  const lives = data.token_period ? { token_period: ttl } : { token_ttl: ttl };
  await callVault(call, {
    method: 'POST',
    path: `auth/${mountPath}/role/${SHORT_LIVED_ROLE}`,
    token: vault.token,
    body: { ...Object.fromEntries(copied), ...lives },
  });
}
