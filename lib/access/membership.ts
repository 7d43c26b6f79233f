import { canonicalArn, type Principal as Caller, reservedRolePrefix, withoutPath } from '../iam';
import { type Access, ofType } from './access';
import { hasUnknown, type Resource, textOf, textsOf, type Values } from '../terraform';

/** The entities of a principal, by their aliases: one of its ARNs, or its unique ID if AWS's answers have it. */
export function entitiesOf({ resources }: Access, caller: Caller, arn: string): Resource[] {
  const canonical = canonicalArn(caller);
  const users = [
    ...ofType(resources, 'aws_iam_user').map(({ values }) => ({ arn: values.arn, id: values.unique_id })),
    ...ofType(resources, 'aws_iam_user', 'data').map(({ values }) => ({
      arn: values.arn,
      id: values.user_id,
    })),
    ...ofType(resources, 'aws_iam_group', 'data').flatMap(({ values }) =>
      (usersOf(values) ?? []).map((user) => ({ arn: user.arn, id: user.user_id })),
    ),
  ];
  const ids = users.filter((user) => sameUser(textOf(user.arn), canonical)).map(({ id }) => textOf(id));
  const names = new Set([arn, canonical, ...ids]);
  const entities = new Set(
    ofType(resources, 'vault_identity_entity_alias')
      .filter(({ values }) => names.has(textOf(values.name)))
      .map(({ values }) => textOf(values.canonical_id)),
  );
  return ofType(resources, 'vault_identity_entity').filter(({ values, key }) => {
    const id = textOf(values.id);
    // If the alias is written by path, the key of the member says who it is.
    const known = entities.has(id) || (typeof key === 'string' && names.has(key)) || isPerson(values, caller);
    return id !== undefined && known;
  });
}

/**
 * Whether it is a person of IAM Identity Center, by the name of the session and the permission set in the role's name.
 */
function isPerson({ metadata }: Values, { name, session }: Caller): boolean {
  const { person, permission_set: set } = (metadata ?? {}) as Values;
  return (
    textOf(person) === session &&
    session !== undefined &&
    name.startsWith(reservedRolePrefix(textOf(set) ?? ''))
  );
}

/** Whether a principal is in a group, or in a group in it. @returns undefined if that is known only after the apply */
export function inGroup(
  access: Access,
  group: Resource,
  caller: Caller,
  arn: string,
  seen: readonly Resource[] = [],
): boolean | undefined {
  const { member_entity_ids: ids, member_group_ids: groups } = group.values;
  const mine = entitiesOf(access, caller, arn).map(({ values }) => textOf(values.id)!);
  const direct = hasUnknown(ids)
    ? inIamGroup(access, group, caller)
    : mine.some((id) => textsOf(ids).includes(id));
  const below = ofType(access.resources, 'vault_identity_group')
    .filter((each) => !seen.includes(each) && textsOf(groups).includes(textOf(each.values.id) ?? ''))
    .map((each) => inGroup(access, each, caller, arn, [...seen, group]));
  if (direct || below.includes(true)) {
    return true;
  }
  return direct === undefined || below.includes(undefined) || hasUnknown(groups) ? undefined : false;
}

/** A group whose members come from an IAM group. */
function inIamGroup({ resources }: Access, group: Resource, caller: Caller): boolean | undefined {
  const references = group.references.member_entity_ids ?? [];
  const from = ofType(resources, 'aws_iam_group', 'data').find(({ address }) => references.includes(address));
  return from && usersOf(from.values)?.some(({ arn }) => sameUser(textOf(arn), canonicalArn(caller)));
}

function usersOf({ users }: Values): readonly Values[] | undefined {
  return Array.isArray(users) ? (users as readonly Values[]) : undefined;
}

/** Names of users are unique in an account, whatever their paths. */
function sameUser(arn: string | undefined, canonical: string): boolean {
  return arn !== undefined && withoutPath(arn) === canonical;
}
