import { type Settings } from './lib/constructs';

/**
 * Your Vault and your account: edit this file, then `npx cdktf deploy`.
 *
 * Every setting and its default is described in lib/constructs/stacks/settings.ts. No secret belongs here: Terraform takes
 * Vault's token from VAULT_TOKEN and the AWS credentials from the usual AWS variables, profiles or files.
 */
export const settings: Settings = {
  vault: { address: 'http://127.0.0.1:8200' },
};
