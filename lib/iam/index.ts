export {
  arnParts,
  BEFORE_NAME,
  iamArn,
  isManagedByAws,
  nameOfArn,
  sessionArn,
  WITHOUT_PATH,
  withoutPath,
} from './arn';
export {
  ACCOUNT_ID,
  GROUP_ARN,
  IAM_PATH,
  INSTANCE_PROFILE_ARN_OR_PREFIX,
  OIDC_PROVIDER_ARN,
  POLICY_ARN,
  PRINCIPAL_ARN,
  TRUSTED_ARN,
  PRINCIPAL_ARN_OR_PREFIX,
  ROLE_ARN,
  ROLE_ARN_OR_PREFIX,
} from './arn-patterns';
export { partitionOfRegion, partitionOfUrl } from './partition';
export {
  missedRoles,
  permissionSetOf,
  regionOfReserved,
  reservedPath,
  reservedRolePrefix,
} from './permission-set';
export { canonicalArn, parsePrincipal, type Principal, principalsNamedBy } from './principal';
export { type Statement, statementsOf } from './statements';
