export { declaredLogin } from './declared-login';
export { type Settings } from './settings';
export { protectLocalState, type StateBackend } from './state-backend';
export { VaultAwsAuthStack } from './vault-aws-auth-stack';
