import { DataAwsIamRoles } from '@cdktf/provider-aws/lib/data-aws-iam-roles';
import { Fn, type Precondition } from 'cdktf';
import { Construct } from 'constructs';
import { reservedPath, reservedRolePrefix, sessionArn } from '../../../iam';
import { AwsAccount, checkPartition, IDENTIFIERS, ofRegion } from '../../aws';
import {
  checkedBy,
  checkFields,
  type Field,
  knownAtSynth,
  listOf,
  mapOf,
  matching,
  notEmpty,
  objectOf,
  text,
  withRule,
} from '../../checks';
import { POLICIES } from '../policy/policy-names';
import { roleTable } from '../role/auth-role';
import { PERMISSION_SET_NAME, type PermissionSet } from '../role/permission-set';
import { onMount } from '../mount/aws-auth-mount';
import { onProvider } from '../on-provider';
import { checkMount } from './check-mount';
import { type Member, MemberEntities } from './member-entities';
import { declareGroup } from './member-groups';
import { MemberRole, type MemberRoleProps } from './member-role';
import { checkPeople, type PeopleGroup, peopleOf } from './people';

export interface PeopleGroupsProps extends MemberRoleProps {
  /**
   * The permission sets of the people; at least one. Each is assigned to the account that the stack is applied in,
   * and its role is looked up there at each plan.
   */
  readonly permissionSets: readonly Omit<PermissionSet, 'account'>[];

  /** The groups, by their names in Vault. */
  readonly groups: Readonly<Record<string, PeopleGroup>>;
}

const OWN = {
  permissionSets: withRule(
    notEmpty(
      listOf(objectOf({ name: knownAtSynth(PERMISSION_SET_NAME), region: matching(IDENTIFIERS.region) })),
      'at least one is needed; got none',
    ),
    (place, sets: PeopleGroupsProps['permissionSets']) =>
      sets.flatMap((set, index) =>
        sets.findIndex(({ name }) => name === set.name) === index
          ? []
          : [`${place}[${index}].name: must be given once; got '${set.name}' twice`],
      ),
  ),
  groups: withRule(
    mapOf(objectOf({ people: listOf(text), policies: POLICIES })),
    (_, groups: PeopleGroupsProps['groups']) => checkPeople(groups),
  ),
};
const MEMBER = { kind: 'person' } as const;

/** The role of the people checks its own fields. */
const ALL = roleTable(OWN);
export const PEOPLE_GROUPS: Field = { ...objectOf(OWN), type: ALL.type, unknown: ALL.unknown };

/**
 * People who come through IAM Identity Center log in by one role, and get the policies of their groups.
 *
 * For AWS, all people of a permission set use one role, and its sessions have their names; only IAM Identity Center
 * can open a session. Here each person has an entity for each permission set, because Vault allows an entity one
 * alias on a mount. A person who has a permission set and is in no group can log in too, and gets only Vault's policy
 * `default`. The mount needs `identity: { iamAlias: 'full_arn' }`, and no second construct that makes entities.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 *
 * @example
 * new PeopleGroups(this, 'people', {
 *   mount,
 *   roleName: 'people',
 *   permissionSets: [{ name: 'Developer', region: 'eu-central-1' }],
 *   groups: { developers: { people: ['alice@example.com'], policies: [developer] } },
 * });
 */
export class PeopleGroups extends Construct {
  constructor(scope: Construct, id: string, props: PeopleGroupsProps) {
    super(scope, id);
    checkFields(this, props, PEOPLE_GROUPS);
    const { permissionSets, groups, ...role } = props;
    checkMount(this, role.mount, {
      iamAlias: 'full_arn',
      who: 'people of IAM Identity Center',
      because:
        "because all people of a permission set share one 'unique_id', so IAM groups need another mount",
    });
    checkPartition(
      this,
      permissionSets.map(({ region }, index) => ofRegion(`permissionSets[${index}].region`, region)),
    );
    const preconditions = OWN.permissionSets.atApply?.('permissionSets', permissionSets) ?? [];
    const once = new Map(permissionSets.map((set) => [set.name, set]));
    const roles = [...once.values()].map((set) => ({
      set: set.name,
      roleName: this.lookUpRole(set, preconditions),
    }));
    const sessions = roles.flatMap(({ set, roleName }) =>
      peopleOf(groups).map((person): [string, Member] => [
        `${set}/${person}`,
        // AWS gives the caller this name, and so Vault gives it to the alias.
        {
          alias: sessionArn(AwsAccount.of(this), roleName, person),
          metadata: { person, permission_set: set },
        },
      ]),
    );
    const { ids } = new MemberEntities(this, 'member', {
      mount: role.mount,
      members: Object.fromEntries(sessions),
    });
    const vault = onMount(role.mount).facts.provider;
    for (const [name, { people, policies }] of Object.entries(groups)) {
      const keys = roles.flatMap(({ set }) => [...new Set(people)].map((person) => `"${set}/${person}"`));
      declareGroup(this, {
        name,
        policies,
        place: `groups.${name}.policies`,
        entityIds: `[for key in [${keys.join(', ')}] : ${ids}[key]]`,
        mount: role.mount,
        member: MEMBER,
      });
    }
    const account = AwsAccount.of(this);
    new MemberRole(
      this,
      'role',
      role,
      roles.map(({ roleName }) => account.iamArn(`role/${roleName}`)),
      MEMBER,
    );
    onProvider(this, vault);
  }

  /** The name of the role that IAM Identity Center made in this account. */
  private lookUpRole({ name, region }: PermissionSet, preconditions: readonly Precondition[]): string {
    const prefix = reservedRolePrefix(name).replace(/[+.]/g, '[$&]');
    const { names } = new DataAwsIamRoles(this, `permission_set_${name}`, {
      nameRegex: `^${prefix}[0-9a-f]{16}$`,
      pathPrefix: `/${reservedPath(region)}`,
      lifecycle: {
        ...checkedBy(preconditions),
        postcondition: [
          {
            condition: '${length(self.names) == 1}',
            errorMessage: `permission set '${name}': must be assigned to this account, and IAM Identity Center must be set up in ${region}; got \${length(self.names)} roles of it`,
          },
        ],
      },
    });
    return Fn.one(names) as string;
  }
}
