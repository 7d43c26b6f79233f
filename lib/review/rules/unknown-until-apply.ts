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
    'Nobody can review what is not there yet, or is hidden. Give a literal, or apply first what it comes from; who may do what is no secret.',
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
                sentence: say`${nameOf(after)}: ${names(attributes)} can't be reviewed, for it is ${[why]}`,
                addresses: [address],
              },
            ];
      return [...found(unknown, 'known after the apply only'), ...found(hidden, 'marked as sensitive')];
    }),
};

/** Unknown wherever nobody writes them: only what the configuration refers to is decided by it. */
const COMPUTED = new Set(['inline_policy', 'managed_policy_arns']);

/** Types of which no other rule says that something is hidden. */
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

/** Entities that are still to be made have no IDs; where they are an IAM group's, it is known who they are. */
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
