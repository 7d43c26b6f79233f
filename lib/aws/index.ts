export { AccessKeyReady, type AccessKeyReadyProps } from './access-key-ready';
export { AwsAccount } from './account';
export { type AwsEndpoints, checkEndpoints } from './endpoints';
export { checkIamName } from './names';
export { TestUser, type TestUserProps } from './test-user';
export { type FeatureSource, type LookUp, unneededActions, type VaultFeature } from './vault-features';
export { type VaultCredentials, VaultIamUser, type VaultIamUserProps } from './vault-iam-user';
