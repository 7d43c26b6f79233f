export type { Adopted, AdoptedUser, ImportBlock } from './adopted';
export { agentTarget } from './agent-target';
export { checkStack } from './check-stack';
export {
  chooseAgent,
  type DeclaredAgent,
  declaredAgents,
  type DeployedStack,
  guideAgent,
} from './declared-agents';
export { declaredLogin } from './declared-login';
export { type AwsAccess, type ProviderSettings, useAws, useProviders } from './providers';
export { type Settings } from './settings';
export { deployerPolicy } from './deployer-policy';
export { protectLocalState, type StateBackend, useStateBackend } from './state-backend';
export { testUserCredentials } from './test-user-credentials';
export { VaultAwsAuthStack } from './vault-aws-auth-stack';
export { VAULT_KEY_ADDRESS } from './vault-key-address';
export { useVault, type VaultAccess } from './vault-provider';
