import type { Action, Plan } from '../terraform';

/** The part of a plan that the rules look at. */
export interface Scope {
  /** How many resources meet each action. */
  readonly actions: ReadonlyMap<Action, number>;
  /** How many resources change, including moves and imports. */
  readonly changing: number;
  /** How many of those are of kinds that no rule looks at. */
  readonly outside: number;
  /** No resource is of Vault or of AWS IAM, so there is nothing to review. */
  readonly foreign: boolean;
}

/** Kinds of resources that say who may do what, whether a rule knows them or not. */
const OF_ACCESS = /^(?:vault|aws_iam)_|^aws_(?:ssoadmin|identitystore)_/;

/** Kinds that rules look at. A kind that is missing here is reported as unknown, not as harmless. */
export const KNOWN: ReadonlySet<string> = new Set([
  'aws_iam_access_key',
  'aws_iam_group_membership',
  'aws_iam_group_policy',
  'aws_iam_group_policy_attachment',
  'aws_iam_group_policy_attachments_exclusive',
  'aws_iam_instance_profile',
  'aws_iam_openid_connect_provider',
  'aws_iam_policy',
  'aws_iam_policy_attachment',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_iam_role_policy_attachments_exclusive',
  'aws_iam_saml_provider',
  'aws_iam_service_specific_credential',
  'aws_iam_signing_certificate',
  'aws_iam_user',
  'aws_iam_user_group_membership',
  'aws_iam_user_login_profile',
  'aws_iam_user_policy',
  'aws_iam_user_policy_attachment',
  'aws_iam_user_policy_attachments_exclusive',
  'aws_iam_user_ssh_key',
  'aws_ssoadmin_account_assignment',
  'vault_auth_backend',
  'vault_aws_auth_backend_cert',
  'vault_aws_auth_backend_client',
  'vault_aws_auth_backend_config_identity',
  'vault_aws_auth_backend_role',
  'vault_aws_auth_backend_sts_role',
  'vault_generic_endpoint',
  'vault_identity_entity',
  'vault_identity_entity_alias',
  'vault_identity_group',
  'vault_identity_group_alias',
  'vault_identity_group_member_entity_ids',
  'vault_identity_group_member_group_ids',
  'vault_policy',
]);

export function isChanging(change: Plan['changes'][number]): boolean {
  return change.action !== 'no-op' || change.imported || change.previousAddress !== undefined;
}

export function scopeOf({ changes, before, after, drift }: Plan): Scope {
  const actions = new Map<Action, number>();
  for (const { action } of changes) {
    actions.set(action, (actions.get(action) ?? 0) + 1);
  }
  const changing = changes.filter(isChanging);
  const all = [...changes, ...before, ...after, ...drift];
  return {
    actions,
    changing: changing.length,
    outside: changing.filter((change) => !KNOWN.has(change.type)).length,
    foreign: all.length > 0 && !all.some(({ type }) => OF_ACCESS.test(type)),
  };
}
