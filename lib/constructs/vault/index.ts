export type { AgentProps, AgentSink, Ec2AgentProps, IamAgentProps } from './agent/agent-props';
export { VaultAgent } from './agent/vault-agent';
export { AwsAuthClient } from './client/aws-auth-client';
export type { AwsAuthClientProps } from './client/client-props';
export { AwsCertificate, type AwsCertificateProps } from './client/aws-certificate';
export type {
  ClientCredentials,
  IdentityToken,
  KeyRotation,
  WriteOnlyKey,
} from './client/client-credentials';
export { StsRole, type StsRoleProps } from './client/sts-role';
export { deployerRules, type Deployment, rulesOfSynthesized } from './deploy/deployer-rules';
export { IamGroups, type IamGroupsProps } from './identity/iam-groups';
export type { MemberRoleProps } from './identity/member-role';
export { PeopleGroups, type PeopleGroupsProps } from './identity/people-groups';
export type { PeopleGroup } from './identity/people';
export { AwsAuthMount, type AwsAuthMountProps, type ExistingAwsAuthMountProps } from './mount/aws-auth-mount';
export type { Ec2Metadata, IamMetadata, IdentityConfigProps } from './mount/identity-config';
export type { MountTuneProps } from './mount/mount-tune';
export type { TidyProps } from './mount/tidy';
export { ROLE_NAME } from './names';
export { readPolicyFile } from './policy/read-policy-file';
export { VaultPolicy, type VaultPolicyProps } from './policy/vault-policy';
export { rangeOfVaultProvider } from './provider-version';
export { BoundPrincipal } from './role/bound-principal';
export { Ec2AuthRole, type Ec2AuthRoleProps } from './role/ec2-auth-role';
export { IamAuthRole, type IamAuthRoleProps } from './role/iam-auth-role';
export { InferredAuthRole, type InferredAuthRoleProps } from './role/inferred-auth-role';
export type { InstanceBinds } from './role/instance-binds';
export type { PermissionSet } from './role/permission-set';
export { RoleTag, type RoleTagProps } from './role/role-tag';
export type { TokenProps } from './role/token-props';
