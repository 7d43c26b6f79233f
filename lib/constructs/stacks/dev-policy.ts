import type { VaultPolicyProps } from '../vault';

/** The guide's Vault policy: everything on the secrets of the KV engine at `secret`, and their list. */
export const DEV_POLICY: VaultPolicyProps = {
  policyName: 'dev_policy',
  rules: [
    { path: 'secret/data/*', capabilities: ['create', 'read', 'update', 'delete', 'list'] },
    { path: 'secret/metadata/*', capabilities: ['list'] },
  ],
};
