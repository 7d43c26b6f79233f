import { hasUnknown, Masked, type Resource, sameValue, textOf, type Value } from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** What decides who may do what, by type of resource. */
const DECISIVE = new Map(
  Object.entries<readonly string[]>({
    vault_aws_auth_backend_role: [
      'role',
      'bound_iam_principal_arns',
      'bound_account_ids',
      'bound_ami_ids',
      'bound_ec2_instance_ids',
      'bound_iam_instance_profile_arns',
      'bound_iam_role_arns',
      'bound_regions',
      'bound_subnet_ids',
      'bound_vpc_ids',
      'token_policies',
      'resolve_aws_unique_ids',
    ],
    vault_policy: ['name', 'policy'],
    vault_identity_group: ['policies', 'member_entity_ids', 'member_group_ids'],
    vault_identity_entity: ['policies'],
    vault_aws_auth_backend_client: [
      'sts_endpoint',
      'iam_endpoint',
      'ec2_endpoint',
      'iam_server_id_header_value',
    ],
    vault_aws_auth_backend_sts_role: ['account_id', 'sts_role'],
    aws_iam_policy: ['policy'],
    aws_iam_user_policy: ['policy'],
    aws_iam_role_policy: ['policy'],
    aws_iam_group_policy: ['policy'],
    aws_iam_role: ['assume_role_policy', 'inline_policy', 'managed_policy_arns'],
  }),
);

/** Something that decides who may do what is known only once the plan is applied, or is marked as sensitive. */
export const unknownUntilApply: ReviewRule = {
  id: 'unknown-until-apply',
  severity: 'high',
  reason:
    'Nobody can review a value that does not exist yet, or is hidden. Write a literal, or first apply what the value comes from. Who may do what is no secret.',
  find: ({ plan, after: access }) =>
    plan.changes.flatMap(({ type, address, action, before, after }): Found[] => {
      if (!after || action === 'no-op') {
        return [];
      }
      const unknown = (DECISIVE.get(type) ?? []).filter(
        (attribute) =>
          hasUnknown(after.values[attribute]) &&
          !(COMPUTED.has(attribute) && !after.references[attribute]?.length) &&
          !isIamGroup(attribute, after, access.groups),
      );
      const hidden = (HIDDEN.has(type) ? (DECISIVE.get(type) ?? []) : []).filter(
        (attribute) =>
          hasMasked(after.values[attribute]) &&
          !sameValue(before?.values[attribute], after.values[attribute]),
      );
      const found = (attributes: readonly string[], why: string): Found[] =>
        attributes.length === 0
          ? []
          : [
              {
                sentence: say`${nameOf(after)}: ${names(attributes)} can't be reviewed, because it is ${[why]}`,
                addresses: [address],
              },
            ];
      return [...found(unknown, 'known only after the apply'), ...found(hidden, 'marked as sensitive')];
    }),
};

/** Unknown if nobody writes them. They count only if the configuration refers to something. */
const COMPUTED = new Set(['inline_policy', 'managed_policy_arns']);

/** Types for which no other rule reports a hidden value. */
const HIDDEN = new Set([
  'vault_aws_auth_backend_role',
  'vault_identity_group',
  'vault_identity_entity',
  'vault_aws_auth_backend_client',
  'vault_aws_auth_backend_sts_role',
]);

function hasMasked(value: Value): boolean {
  return value instanceof Masked || (Array.isArray(value) && value.some((part) => part instanceof Masked));
}

function nameOf({ values, address }: Resource): string {
  return textOf(values.role) ?? textOf(values.name) ?? address;
}

/** Entities that do not exist yet have no IDs. If they belong to an IAM group, the members are known anyway. */
function isIamGroup(
  attribute: string,
  { address }: Resource,
  groups: readonly { readonly resource: Resource; readonly members?: readonly string[] }[],
): boolean {
  return (
    attribute === 'member_entity_ids' &&
    groups.some(({ resource, members }) => resource.address === address && members !== undefined)
  );
}
