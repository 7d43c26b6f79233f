export type { Adopted, AdoptedUser, ImportBlock } from './adopted';
export { checkStack } from './check-stack';
export { declaredLogin } from './declared-login';
export { useProviders } from './providers';
export { type Settings } from './settings';
export { protectLocalState, type StateBackend, useStateBackend } from './state-backend';
export { testUserCredentials } from './test-user-credentials';
export { VaultAwsAuthStack } from './vault-aws-auth-stack';
