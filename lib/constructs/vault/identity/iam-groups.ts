import { DataAwsIamGroup } from '@cdktf/provider-aws/lib/data-aws-iam-group';
import { TerraformCount, TerraformLocal, type TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { arnParts, GROUP_ARN, nameOfArn } from '../../../iam';
import { IDENTIFIERS } from '../../aws';
import { anything, checkFields, type Field, mapOf, objectOf, problemOf, withRule } from '../../checks';
import { POLICIES, type Policies } from '../policy/policy-names';
import { roleTable } from '../role/auth-role';
import { onMount } from '../mount/aws-auth-mount';
import { onProvider } from '../on-provider';
import { checkMount } from './check-mount';
import { MemberEntities } from './member-entities';
import { checkGroupNames, declareGroup } from './member-groups';
import { MemberRole, type MemberRoleProps } from './member-role';

export interface IamGroupsProps extends MemberRoleProps {
  /**
   * The policies of each IAM group's members, by the group's name: policies of this app, or names of policies that
   * are in Vault already. The groups are in the account of the {@link provider}, and exist before the plan.
   */
  readonly groups: Readonly<Record<string, Policies>>;

  /**
   * The AWS provider that reads the groups. For groups of another account, give a provider of that account. Vault
   * itself looks nothing up for their members, and needs no {@link StsRole} there.
   *
   * @default the stack's
   */
  readonly provider?: TerraformProvider;
}

const OWN = {
  groups: withRule(mapOf(POLICIES), (_, groups: object) => checkGroupNames(Object.keys(groups), checkGroup)),
  provider: anything,
};
const MEMBER = { kind: 'user' } as const;

/** The role of the members checks its own fields. */
const ALL = roleTable(OWN);
export const IAM_GROUPS: Field = { ...objectOf(OWN), type: ALL.type, unknown: ALL.unknown };

/**
 * Members of IAM groups log in by one role, and get the policies of all their groups.
 *
 * Vault does not ask AWS for groups. Terraform reads the members at each plan, so Vault knows the members of the last
 * apply. A member who leaves a group loses its policies at the next apply, also on tokens already issued. A member
 * who is in no group any more loses the tokens. The mount needs `identity: { iamAlias: 'unique_id' }`, and no second
 * construct that makes entities.
 *
 * Source: https://developer.hashicorp.com/vault/docs/concepts/identity; how users become entities is in
 * docs/decisions/0006.
 *
 * @example
 * new IamGroups(this, 'groups', {
 *   mount,
 *   roleName: 'people',
 *   groups: { developers: [developer], operators: [developer, operator] },
 *   tokenTtl: Duration.hours(1),
 * });
 */
export class IamGroups extends Construct {
  constructor(scope: Construct, id: string, props: IamGroupsProps) {
    super(scope, id);
    checkFields(this, props, IAM_GROUPS);
    const { groups, provider, ...role } = props;
    checkMount(this, role.mount, {
      iamAlias: 'unique_id',
      who: 'IAM groups',
      because:
        'because a user that is made again under its name has another one, and a mount with guideOnly has only role_id',
    });
    const names = Object.keys(groups);

    // One data source for all groups, because each member's entry in the state names what it depends on.
    const iamGroups = new DataAwsIamGroup(this, 'iam_groups', { groupName: '${each.key}', provider });
    iamGroups.addOverride('for_each', `\${toset(${JSON.stringify(names)})}`);
    const address = `data.aws_iam_group.${iamGroups.friendlyUniqueId}`;
    // Each user once, also a user of several groups.
    const users = new TerraformLocal(
      this,
      'users',
      `\${{ for user in flatten([for group in ${address} : group.users]) : user.user_id => user... }}`,
    );
    const byId = `local.${users.friendlyUniqueId}`;
    const { ids } = new MemberEntities(this, 'member', {
      mount: role.mount,
      members: `\${{ for id, users in ${byId} : id => { alias = id, metadata = { user_name = users[0].user_name } } }}`,
    });
    const vault = onMount(role.mount).facts.provider;
    for (const [name, policies] of Object.entries(groups)) {
      const entityIds = `[for user in ${address}["${name}"].users : ${ids}[user.user_id]]`;
      declareGroup(this, {
        name,
        policies,
        place: `groups.${name}`,
        entityIds,
        mount: role.mount,
        member: MEMBER,
      });
    }
    new MemberRole(
      this,
      'role',
      role,
      Token.asList(`\${[for users in values(${byId}) : replace(users[0].arn, "/(:user/).*//", "$1")]}`),
      MEMBER,
      TerraformCount.of(Token.asNumber(`\${length(${byId}) > 0 ? 1 : 0}`)),
    );
    onProvider(this, vault);
  }
}

/** AWS finds a group by its name only, in the caller's account. */
function checkGroup(place: string, group: string): readonly string[] {
  return !GROUP_ARN.test(group)
    ? [problemOf(IDENTIFIERS.groupName, place, group) ?? []].flat()
    : [
        `${place}: members are read in the account of the AWS provider, by the group's name only, and it can read ` +
          `account ${arnParts(group).accountId} only if that account trusts the provider; write '${nameOfArn(group)}', and give a provider of that account ` +
          `if the stack's provider is of another; got '${group}'`,
      ];
}
