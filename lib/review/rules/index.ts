import type { ReviewRule } from '../rule';
import { accessGained } from './access-gained';
import { accessKey } from './access-key';
import { accessLost } from './access-lost';
import { accountAssignment } from './account-assignment';
import { awsCertificate } from './aws-certificate';
import { awsEndpoint } from './aws-endpoint';
import { bindWidened } from './bind-widened';
import { clientRemoved } from './client-removed';
import { denyOverridden } from './deny-overridden';
import { denyRemoved } from './deny-removed';
import { drift } from './drift';
import { globWidened } from './glob-widened';
import { groupMembership } from './group-membership';
import { iamAttachment } from './iam-attachment';
import { iamPermissions } from './iam-permissions';
import { iamTrust } from './iam-trust';
import { identityAlias } from './identity-alias';
import { identityData } from './identity-data';
import { identityProvider } from './identity-provider';
import { importOrMove } from './import-or-move';
import { incompletePlan } from './incomplete-plan';
import { inferenceRemoved } from './inference-removed';
import { instanceBindRemoved } from './instance-bind-removed';
import { instanceProfile } from './instance-profile';
import { mountDestroyed } from './mount-destroyed';
import { mountTuned } from './mount-tuned';
import { notModelled } from './not-modelled';
import { permissionsBoundary } from './permissions-boundary';
import { policyChanged } from './policy-changed';
import { policyUnreadable } from './policy-unreadable';
import { principalReplaced } from './principal-replaced';
import { resolveOff } from './resolve-off';
import { roleDestroyed } from './role-destroyed';
import { serverIdHeader } from './server-id-header';
import { sessionLonger } from './session-longer';
import { stsRole } from './sts-role';
import { sudoGained } from './sudo-gained';
import { tokenLoosened } from './token-loosened';
import { unknownUntilApply } from './unknown-until-apply';
import { userCredential } from './user-credential';
import { vaultIdentity } from './vault-identity';

/** Every rule, each in the file of its id. */
export const RULES: readonly ReviewRule[] = [
  accessGained,
  accessKey,
  accessLost,
  accountAssignment,
  awsCertificate,
  awsEndpoint,
  bindWidened,
  clientRemoved,
  denyOverridden,
  denyRemoved,
  drift,
  globWidened,
  groupMembership,
  iamAttachment,
  iamPermissions,
  iamTrust,
  identityAlias,
  identityData,
  identityProvider,
  importOrMove,
  incompletePlan,
  inferenceRemoved,
  instanceBindRemoved,
  instanceProfile,
  mountDestroyed,
  mountTuned,
  notModelled,
  permissionsBoundary,
  policyChanged,
  policyUnreadable,
  principalReplaced,
  resolveOff,
  roleDestroyed,
  serverIdHeader,
  sessionLonger,
  stsRole,
  sudoGained,
  tokenLoosened,
  unknownUntilApply,
  userCredential,
  vaultIdentity,
];
