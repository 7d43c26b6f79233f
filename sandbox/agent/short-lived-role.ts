import { ask, readRole, rolePath } from '../../lib/vault-api';
import type { SandboxRecord } from '../sandbox-folder';
import { sandboxVault } from '../sandbox-vault';

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
  record: SandboxRecord,
  { mountPath, role, ttl }: { readonly mountPath: string; readonly role: string; readonly ttl: number },
): Promise<void> {
  const methodClient = { ...sandboxVault(record), mountPath };
  const original = await readRole(methodClient, role);
  if (original === undefined) {
    throw new Error(`The mount '${mountPath}' has no role '${role}': run \`npm run sandbox\` to deploy it.`);
  }
  const copied = Object.entries(original).filter(
    ([name]) => COPIED.includes(name) || name.startsWith('token_'),
  );
  const lives = original.token_period ? { token_period: ttl } : { token_ttl: ttl };
  await ask(methodClient, 'POST', rolePath(methodClient, SHORT_LIVED_ROLE), {
    body: { ...Object.fromEntries(copied), ...lives },
  });
}
