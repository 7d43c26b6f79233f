export { AwsAuthClient, type AwsAuthClientProps } from './aws-auth-client';
export { AwsAuthMount, type AwsAuthMountProps } from './aws-auth-mount';
export { BoundPrincipal } from './bound-principal';
export { IamAuthRole, type IamAuthRoleProps } from './iam-auth-role';
export { VaultPolicy, type VaultPolicyProps } from './vault-policy';
