import type { TerraformCount } from 'cdktf';
import type { Construct } from 'constructs';
import type { Field } from '../../checks';
import type { Caller } from '../mount/caller';
import { AuthRole, type AuthRoleProps, roleTable } from '../role/auth-role';

/** What the one login role of all members has. */
export type MemberRoleProps = Omit<AuthRoleProps, 'policies'>;

// Who makes it checks the names, which are props of theirs.
const MEMBER_ROLE: Field = { ...roleTable({}), unknown: undefined };

/**
 * The role that members of groups log in by. It gives no policy: the policies come from the entity that the caller's
 * alias leads to, and not from the bind.
 *
 * So principals are bound by name, without resolving. Vault looks nothing up when the role is written or at a login,
 * even for many members. A user who is made again under the name of a member has another alias, and gets nothing. So
 * the warning `resolve-off` is not for this role.
 */
export class MemberRole extends AuthRole {
  /**
   * @param arns without paths
   * @param member who one member is
   * @param count 0 if there are none, because Vault refuses a role that nobody is bound to
   */
  constructor(
    scope: Construct,
    id: string,
    props: MemberRoleProps,
    arns: string[],
    member: Caller,
    count?: TerraformCount,
  ) {
    super(scope, id, props, MEMBER_ROLE, () => ({
      kind: 'iam',
      fieldsSet: [],
      fields: { authType: 'iam', boundIamPrincipalArns: arns, resolveAwsUniqueIds: false, count },
      lookUps: [],
      looksUpAtWrite: false,
      callers: () => [member],
      problems: () => [],
      warnings: () => [],
    }));
  }
}
