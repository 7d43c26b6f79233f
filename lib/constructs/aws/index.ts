export { AccessKeyReady, type AccessKeyReadyProps, type AssumedRole } from './access-key-ready';
export { AwsAccount } from './account';
export { type AwsEndpoints, ENDPOINTS, partitionsOfEndpoints } from './endpoints';
export { IDENTIFIERS } from './identifiers';
export { checkPartition, ofArn, type OfPartition, ofRegion, ofUrl, setRegion } from './partition';
export { stackOfIdentity } from './own-stack';
export {
  type SelfRotatedKey,
  SelfRotatingIamUser,
  type SelfRotatingIamUserProps,
} from './self-rotating-iam-user';
export { TestUser, type TestUserProps } from './test-user';
export type { Trusted, TrustedPrincipal, TrustedServiceAccount } from './trust';
export {
  TRUSTED_ACCOUNT,
  trustedAccount,
  type TrustedAccount,
  type TrustedAccountProps,
} from './trusted-account';
export {
  AWS_TASKS,
  type AwsTask,
  AwsTaskOwner,
  type AwsTaskSource,
  lackingTasks,
  type LookUp,
  tasksOf,
} from './aws-tasks';
export { neededActions, unneededActions } from './vault-iam-policy';
export {
  type AmbientCredentials,
  type ExistingVaultIamRoleProps,
  type NewVaultIamRoleProps,
  VaultIamRole,
} from './vault-iam-role';
export type { VaultCredentials } from './vault-access-key';
export { VaultIamUser, type VaultIamUserProps } from './vault-iam-user';
export { VaultLookUpRole, type VaultLookUpRoleProps } from './vault-look-up-role';
