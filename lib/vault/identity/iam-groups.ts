import { DataAwsIamGroup } from '@cdktf/provider-aws/lib/data-aws-iam-group';
import { TerraformCount, TerraformLocal, Token } from 'cdktf';
import { Construct } from 'constructs';
import { checkIamName } from '../../aws';
import type { Policies } from '../policy/policy-names';
import { checkMount } from './check-mount';
import { MemberEntities } from './member-entities';
import { checkGroupNames, declareGroup } from './member-groups';
import { MemberRole, type MemberRoleProps } from './member-role';

export interface IamGroupsProps extends MemberRoleProps {
  /**
   * The policies of each IAM group's members, by the group's name: policies of this app, or names of policies that
   * are in Vault already. The groups are of the account that the stack is applied in, and are there before the plan.
   */
  readonly groups: Readonly<Record<string, Policies>>;
}

/**
 * Members of IAM groups log in by one role, and get the policies of their groups; of two groups those of both.
 *
 * Vault asks AWS for no group: the members are read at each plan, and are as fresh as the last apply. Who is taken
 * out of a group loses its policies then, on tokens already issued; who is in no group any more loses the tokens.
 * The mount needs `identity: { iamAlias: 'unique_id' }`, and has no second construct that makes entities.
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
  constructor(scope: Construct, id: string, { groups, ...role }: IamGroupsProps) {
    super(scope, id);
    checkMount(this, role.mount, {
      iamAlias: 'unique_id',
      who: 'IAM groups',
      because: 'by which a user is told from one made again under its name, and no plain mount has it',
    });
    const names = Object.keys(groups);
    this.node.addValidation({
      validate: () => checkGroupNames(names, (place, name) => checkIamName('group', place, name)),
    });

    const users = names.map((groupName) => {
      const { friendlyUniqueId } = new DataAwsIamGroup(this, `iam_group_${groupName}`, { groupName });
      return `data.aws_iam_group.${friendlyUniqueId}.users`;
    });
    // A user of several groups once, with what makes its bind: Vault sees no path in a login.
    const { friendlyUniqueId } = new TerraformLocal(
      this,
      'users',
      `\${{ for user in flatten([${users.join(', ')}]) : user.user_id => user... }}`,
    );
    const byId = `local.${friendlyUniqueId}`;
    const { address } = new MemberEntities(this, 'member', {
      mount: role.mount,
      members: `\${{ for id, users in ${byId} : id => { alias = id, metadata = { user_name = users[0].user_name } } }}`,
    });
    names.forEach((name, index) =>
      declareGroup(this, {
        name,
        policies: groups[name]!,
        entityIds: `[for user in ${users[index]} : ${address}[user.user_id].id]`,
      }),
    );
    new MemberRole(
      this,
      'role',
      role,
      Token.asList(`\${[for users in values(${byId}) : replace(users[0].arn, "/(:user/).*//", "$1")]}`),
      TerraformCount.of(Token.asNumber(`\${length(${byId}) > 0 ? 1 : 0}`)),
    );
  }
}
