export type { Adopted, AdoptedUser, ImportBlock } from './adopted';
export { checkStack } from './check-stack';
export { declaredLogin } from './declared-login';
export { type AwsAccess, type ProviderSettings, useAws, useProviders } from './providers';
export { type Settings } from './settings';
export { protectLocalState, type StateBackend, useStateBackend } from './state-backend';
export { testUserCredentials } from './test-user-credentials';
export { VaultAwsAuthStack } from './vault-aws-auth-stack';
export { useVault, type VaultAccess, type VaultTls } from './vault-provider';
