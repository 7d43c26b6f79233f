import { hasUnknown, type Resource, textOf } from '../../access';
import type { ReviewRule } from '../rule';
import { names, say } from '../sentence';

/** What decides who may do what, by type of resource. */
const DECISIVE: Readonly<Record<string, readonly string[]>> = {
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
  aws_iam_role: ['assume_role_policy'],
};

/** Something that decides who may do what is known only once the plan is applied. */
export const unknownUntilApply: ReviewRule = {
  id: 'unknown-until-apply',
  severity: 'high',
  reason: 'Nobody can review what is not there yet. Give a literal, or apply first what it comes from.',
  find: ({ plan, after: access }) =>
    plan.changes.flatMap(({ type, address, action, after }) => {
      if (!after || action === 'no-op') {
        return [];
      }
      const unknown = (DECISIVE[type] ?? []).filter(
        (attribute) => hasUnknown(after.values[attribute]) && !isIamGroup(attribute, after, access.groups),
      );
      return unknown.length === 0
        ? []
        : [
            {
              sentence: say`${nameOf(after)}: ${names(unknown)} can't be reviewed, for it is known after the apply only`,
              addresses: [address],
            },
          ];
    }),
};

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
