import { withoutPath } from '../iam';
import { policyDocuments, type PolicyDocuments } from './policy-documents';
import { type PrincipalSet, principalsOf } from './principal';
import { hasUnknown, type Resource, textOf, textsOf, type Value, type Values } from '../terraform';

/** A role of an AWS auth method. */
export interface LoginRole {
  readonly resource: Resource;
  /** Its name, or its address if the name is known only after the apply. */
  readonly name: string;
  /** The mount's path without `auth/`, after its namespace if it has one. */
  readonly mount: string;
  readonly namespace: string;
  readonly principals: readonly PrincipalSet[];
  /** Names of the policies that its tokens carry. */
  readonly policies: readonly string[];
}

/** A group in Vault's identity store. */
export interface IdentityGroup {
  readonly resource: Resource;
  readonly name: string;
  readonly namespace: string;
  readonly policies: readonly string[];
  /** Who its members are. @default known only after the apply */
  readonly members?: readonly string[];
  /** The IAM group that they come from, if it is known. */
  readonly iamGroup?: string;
}

/** Somebody gets policies. */
export interface Grant {
  readonly principal: PrincipalSet;
  /** The role to log in by. @default any that lets the principal in */
  readonly role?: LoginRole;
  readonly group?: IdentityGroup;
  /** The entity that has the policies, if they come from neither a role nor a group. */
  readonly entity?: Resource;
  readonly namespace: string;
  readonly policies: readonly string[];
}

/** Who can log in through what, and gets which policies. */
export interface Access {
  readonly roles: readonly LoginRole[];
  readonly groups: readonly IdentityGroup[];
  readonly grants: readonly Grant[];
  readonly policies: PolicyDocuments;
  readonly resources: readonly Resource[];
}

/** What the resources of a plan's side, of a state or of a synthesized stack say together. */
export function readAccess(resources: readonly Resource[]): Access {
  const roles = ofType(resources, 'vault_aws_auth_backend_role').map(readRole);
  const entities = new Map(
    ofType(resources, 'vault_identity_entity').flatMap((entity) => {
      const id = textOf(entity.values.id);
      return id === undefined ? [] : [[id, personOf(entity)]];
    }),
  );
  const iamGroups = ofType(resources, 'aws_iam_group', 'data');
  const identityGroups = ofType(resources, 'vault_identity_group');
  const groups = identityGroups.map((group) => readGroup(group, entities, iamGroups, identityGroups));
  return {
    roles,
    groups,
    grants: [
      ...ofType(resources, 'vault_identity_entity').flatMap(grantsOfEntity),
      ...roles.flatMap(grantsOfRole),
      ...groups.flatMap((group) => grantsOfGroup(group, roles, iamGroups)),
    ],
    policies: policyDocuments(ofType(resources, 'vault_policy')),
    resources,
  };
}

/** The resources of a type. */
export function ofType(
  resources: readonly Resource[],
  type: string,
  mode: Resource['mode'] = 'managed',
): Resource[] {
  return resources.filter((resource) => resource.type === type && resource.mode === mode);
}

function readRole(resource: Resource): LoginRole {
  const { values, address } = resource;
  return {
    resource,
    name: textOf(values.role) ?? address,
    mount: [namespaceOf(values), textOf(values.backend)?.replace(/^auth\/|\/$/g, '') ?? 'aws']
      .filter(Boolean)
      .join('/'),
    namespace: namespaceOf(values),
    principals: principalsOf(values),
    policies: withUnknown(values.token_policies),
  };
}

/** Names of policies. The unknown ones are one entry, `(known after apply)`. */
function withUnknown(value: Value): string[] {
  return hasUnknown(value) ? [...textsOf(value), '(known after apply)'] : textsOf(value);
}

function grantsOfRole(role: LoginRole): Grant[] {
  const { namespace, policies } = role;
  return role.principals.map((principal) => ({ principal, role, namespace, policies }));
}

function grantsOfEntity(entity: Resource): Grant[] {
  const policies = withUnknown(entity.values.policies);
  const principal: PrincipalSet = { kind: 'user', label: `the entity ${personOf(entity)}` };
  return policies.length === 0
    ? []
    : [{ principal, entity, namespace: namespaceOf(entity.values), policies }];
}

function namespaceOf({ namespace }: Values): string {
  return textOf(namespace)?.replace(/^\/|\/$/g, '') ?? '';
}

function readGroup(
  resource: Resource,
  entities: ReadonlyMap<string, string>,
  iamGroups: readonly Resource[],
  groups: readonly Resource[],
): IdentityGroup {
  const { values, address, references } = resource;
  const iamGroup = iamGroups.find((group) => references.member_entity_ids?.includes(group.address));
  const ids = values.member_entity_ids;
  const members = hasUnknown(ids)
    ? iamGroup && usersOf(iamGroup).flatMap(({ user_name }) => textOf(user_name) ?? [])
    : textsOf(ids).map((id) => entities.get(id) ?? `entity ${id}`);
  return {
    resource,
    name: textOf(values.name) ?? address,
    namespace: namespaceOf(values),
    policies: withUnknown(values.policies),
    members: members && [...members, ...subgroups(values.member_group_ids, groups)],
    iamGroup: textOf(iamGroup?.values.group_name) ?? keyOfIamGroup(references.member_entity_ids),
  };
}

/** Members of a group in a group get the policies of both. */
function subgroups(ids: Value, groups: readonly Resource[]): string[] {
  const named = textsOf(ids).map(
    (id) => textOf(groups.find(({ values }) => values.id === id)?.values.name) ?? id,
  );
  return [...named, ...(hasUnknown(ids) ? ['(known after apply)'] : [])].map(
    (name) => `all of the group ${name}`,
  );
}

/** If a block of groups is not expanded yet, the key in the reference. Our groups are named by this key. */
function keyOfIamGroup(references: readonly string[] = []): string | undefined {
  const [key] = references.flatMap((each) => /^data\.aws_iam_group\.[\w-]+\["(.+)"\]$/.exec(each)?.[1] ?? []);
  return key;
}

/** What people call an entity. */
function personOf({ values, key, address }: Resource): string {
  const metadata = (values.metadata ?? {}) as Values;
  return (
    textOf(metadata.person) ?? textOf(metadata.user_name) ?? textOf(values.name) ?? String(key ?? address)
  );
}

function usersOf({ values }: Resource): readonly Values[] {
  return Array.isArray(values.users) ? (values.users as readonly Values[]) : [];
}

/** Members get a group's policies by every role. The grant names the role that is bound to them. */
function grantsOfGroup(
  group: IdentityGroup,
  roles: readonly LoginRole[],
  iamGroups: readonly Resource[],
): Grant[] {
  const { iamGroup, members, policies } = group;
  const label =
    iamGroup === undefined ? `members of the group ${group.name}` : `members of the IAM group ${iamGroup}`;
  const arns = new Set(
    iamGroups
      .filter(({ values }) => values.group_name === iamGroup)
      .flatMap((each) =>
        usersOf(each).flatMap(({ arn }) =>
          [textOf(arn)].flatMap((each) => (each === undefined ? [] : withoutPath(each))),
        ),
      ),
  );
  const role =
    roles.find(({ principals }) => principals.some(({ bind }) => bind !== undefined && arns.has(bind))) ??
    roles.find(
      (each) => each.namespace === group.namespace && members?.length !== 0 && isOfMembers(each.resource),
    );
  const { namespace } = group;
  return [{ principal: { kind: 'members', label }, role, group, namespace, policies }];
}

/** A role without policies is for principals that get policies from their groups. */
function isOfMembers({ values }: Resource): boolean {
  return textsOf(values.token_policies).length === 0 && values.resolve_aws_unique_ids === false;
}
