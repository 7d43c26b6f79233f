export { ask, list, type Operator, read, vaultToken } from './operator';
export {
  callVault,
  innermostMessage,
  VaultError,
  type VaultLocation,
  VaultUnreachableError,
} from './vault-client';
export type { VaultTls } from './vault-tls';
