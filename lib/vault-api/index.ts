export { ask, list, read, type VaultClient } from './ask';
export {
  hasStsRole,
  listCertificates,
  listRoles,
  listStsAccounts,
  type LiveClient,
  type LiveMount,
  type LiveRole,
  readClient,
  readIdentity,
  readMount,
  readMounts,
  fetchPolicy,
  readRole,
  readTune,
  rolePath,
} from './aws-method';
export type { MethodClient } from './method-client';
export {
  callVault,
  innermostMessage,
  VaultError,
  type VaultLocation,
  VaultUnreachableError,
} from './vault-client';
export type { VaultTls } from './vault-tls';
export { vaultToken } from './vault-token';
