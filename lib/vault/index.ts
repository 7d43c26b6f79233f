export { AwsAuthClient, type AwsAuthClientProps } from './client/aws-auth-client';
export { AwsAuthMount, type AwsAuthMountProps } from './mount/aws-auth-mount';
export { VaultPolicy, type VaultPolicyProps } from './policy/vault-policy';
export { BoundPrincipal } from './role/bound-principal';
export { IamAuthRole, type IamAuthRoleProps } from './role/iam-auth-role';
