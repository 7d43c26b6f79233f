import type { TerraformStack } from 'cdktf';
import {
  AwsAuthMount,
  type AwsAuthMountProps,
  PeopleGroups,
  type PeopleGroupsProps,
} from '../../../../lib/constructs/vault';
import { lateList, lateText, problemsOf, synthesize } from '../../../support/stack';

const declare = (
  stack: TerraformStack,
  props: Partial<PeopleGroupsProps> = {},
  identity: AwsAuthMountProps['identity'] = { iamAlias: 'full_arn' },
) =>
  new PeopleGroups(stack, 'people', {
    mount: new AwsAuthMount(stack, 'mount', { identity }),
    roleName: 'people',
    permissionSets: [{ name: 'Dev.Ops', region: 'eu-central-1' }],
    groups: { developers: { people: ['alice', 'bob', 'alice'], policies: ['developer'] } },
    ...props,
  });

const groupOf = (...people: string[]) => ({ groups: { developers: { people, policies: ['developer'] } } });

describe('people of IAM Identity Center', () => {
  const { data, resource } = synthesize((stack) => declare(stack));

  test('come by a role of AWS whose suffix is looked up, and of which there must be one', () => {
    expect(Object.values(data!.aws_iam_roles!)).toEqual([
      {
        name_regex: '^AWSReservedSSO_Dev[.]Ops_[0-9a-f]{16}$',
        path_prefix: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
        lifecycle: {
          postcondition: [
            {
              condition: '${length(self.names) == 1}',
              error_message:
                "permission set 'Dev.Ops': must be assigned to this account, and IAM Identity Center must be set up in eu-central-1; got ${length(self.names)} roles of it",
            },
          ],
        },
      },
    ]);
  });

  test('are listed once, also if the list repeats them', () => {
    const [group] = Object.values(resource.vault_identity_group!);

    expect(group).toMatchObject({
      name: 'developers',
      policies: ['developer'],
      member_entity_ids: expect.stringContaining('[for key in ["Dev.Ops/alice", "Dev.Ops/bob"] : ') as string,
    });
  });
});

test('a user name may have as few and as many characters as the name of a session', () => {
  expect(problemsOf((stack) => declare(stack, groupOf('bo', 'b'.repeat(64))))).toEqual([]);
});

test('the entity of a person has the person’s name and permission set', () => {
  const { locals, resource } = synthesize((stack) =>
    declare(stack, {
      ...groupOf('alice'),
      permissionSets: [
        { name: 'Dev', region: 'eu-central-1' },
        { name: 'Ops', region: 'eu-central-1' },
      ],
    }),
  );

  const [name, members] = Object.entries(locals!).find(([, local]) => typeof local === 'object')!;
  expect(members).toMatchObject({
    'Dev/alice': {
      alias: expect.stringMatching(/:assumed-role\/\$\{one\(.*\)\}\/alice$/) as string,
      metadata: { person: 'alice', permission_set: 'Dev' },
    },
    'Ops/alice': { metadata: { person: 'alice', permission_set: 'Ops' } },
  });
  expect(Object.values(resource.vault_identity_entity!)).toEqual([
    expect.objectContaining({ metadata: `\${local.${name}[each.key].metadata}` }),
  ]);
});

describe('groups of people are refused', () => {
  test.each<[string, Partial<PeopleGroupsProps>, string]>([
    ['without a permission set', { permissionSets: [] }, 'permissionSets: at least one is needed; got none'],
    [
      'with a wildcard for a permission set',
      { permissionSets: [{ name: 'Dev*', region: 'eu-central-1' }] },
      "permissionSets[0].name: a permission set needs its full name, because '*' would let in all whose names begin like this; got 'Dev*'",
    ],
    [
      'with a permission set twice',
      {
        permissionSets: [
          { name: 'Dev', region: 'eu-central-1' },
          { name: 'Dev', region: 'us-east-1' },
        ],
      },
      "permissionSets[1].name: must be given once; got 'Dev' twice",
    ],
    ['without any group', { groups: {} }, 'groups: at least one is needed; got none'],
    [
      'with a group whose name Vault would trim',
      { groups: { ' developers': { people: ['alice'], policies: [] } } },
      "groups: the name of a group must not be empty, and must have no white space at its ends; got ' developers'",
    ],
    [
      'with a group without a name',
      { groups: { '': { people: ['alice'], policies: [] } } },
      "groups: the name of a group must not be empty, and must have no white space at its ends; got ''",
    ],
    ...['Bob Smith', 'bob/smith', 'b', 'b'.repeat(65)].map(
      (name): [string, Partial<PeopleGroupsProps>, string] => [
        `with somebody whose name no session can have, '${name}'`,
        groupOf('alice', name),
        `groups.developers.people[1]: must be a user name of IAM Identity Center, 2 to 64 letters, digits or any of _+=,.@-; got '${name}'`,
      ],
    ),
    [
      'with somebody who is written in two ways, which are one to Vault',
      groupOf('alice', 'Alice'),
      "groups.developers.people[1]: is written 'alice' elsewhere; got 'Alice'",
    ],
  ])('%s', (_, props, message) => {
    expect(problemsOf((stack) => declare(stack, props))).toEqual([`[stack/people] ${message}`]);
  });

  test('with somebody who is known only at apply', () => {
    expect(problemsOf((stack) => declare(stack, groupOf(lateText(stack))))).toEqual([
      '[stack/people] groups.developers.people[0]: must be known before the plan, because it names an entity; got a reference',
    ]);
  });

  test('with people who are a list that is known only at apply', () => {
    expect(
      problemsOf((stack) =>
        declare(stack, { groups: { developers: { people: lateList(stack), policies: ['dev'] } } }),
      ),
    ).toEqual([
      '[stack/people] groups.developers.people[0]: must be known before the plan, because it names an entity; got a reference',
    ]);
  });

  test.each(['role_id', 'unique_id'] as const)('on a mount whose alias is another: %s', (iamAlias) => {
    expect(problemsOf((stack) => declare(stack, {}, { iamAlias }))).toEqual([
      `[stack/people] mount: people of IAM Identity Center need identity: { iamAlias: 'full_arn' }, because all people of a permission set share one 'unique_id', so IAM groups need another mount; got '${iamAlias}'`,
    ]);
  });
});
