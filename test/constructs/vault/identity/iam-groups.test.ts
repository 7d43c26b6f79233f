import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { type AwsTask, tasksOf } from '../../../../lib/constructs/aws';
import {
  AwsAuthMount,
  type AwsAuthMountProps,
  IamGroups,
  type IamGroupsProps,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize, warningsOf } from '../../../support/stack';

const declare = (
  stack: TerraformStack,
  props: Partial<IamGroupsProps> = {},
  mountProps: AwsAuthMountProps = { identity: { iamAlias: 'unique_id' } },
) => {
  const mount = new AwsAuthMount(stack, 'mount', mountProps);
  new IamGroups(stack, 'groups', {
    mount,
    roleName: 'people',
    groups: { developers: ['developer'], operators: ['operator'] },
    ...props,
  });
  return mount;
};

const only = (resources: Record<string, unknown> | undefined) => {
  const [[name, value], ...others] = Object.entries(resources ?? {}) as [[string, Record<string, unknown>]];
  expect(others).toEqual([]);
  return { name, value };
};

describe('IAM groups', () => {
  const { data, resource } = synthesize((stack) => declare(stack));

  test('are read from AWS by their names', () => {
    expect(only(data!.aws_iam_group).value).toEqual({
      for_each: '${toset(["developers","operators"])}',
      group_name: '${each.key}',
    });
  });

  test('of another account are read by its provider, and need nothing else of that account', () => {
    let tasks: readonly AwsTask[] = ['look-up-users'];
    const { data } = synthesize((stack) => {
      const provider = new AwsProvider(stack, 'other', { alias: 'other' });
      tasks = tasksOf(declare(stack, { provider }));
    });

    expect(only(data!.aws_iam_group).value).toMatchObject({ provider: 'aws.other' });
    expect(tasks).toEqual([]);
  });

  test('each have a group in Vault with their policies, and only with the entities of their members', () => {
    const read = only(data!.aws_iam_group).name;

    expect(Object.values(resource.vault_identity_group!)).toEqual([
      {
        name: 'developers',
        policies: ['developer'],
        member_entity_ids: expect.stringMatching(
          `^\\$\\{\\[for user in data\\.aws_iam_group\\.${read}\\["developers"\\]\\.users : local\\.\\w+\\[user\\.user_id\\]\\]\\}$`,
        ) as string,
      },
      expect.objectContaining({ name: 'operators', policies: ['operator'] }),
    ]);
  });

  test('have the alias of each member written to the path where Vault moves an existing one, and never read or deleted', () => {
    expect(only(resource.vault_generic_endpoint).value).toEqual({
      for_each: expect.stringMatching(/^\$\{local\.\w+\}$/) as string,
      path: 'identity/entity-alias',
      data_json: expect.stringContaining('canonical_id = each.value }') as string,
      disable_read: true,
      disable_delete: true,
    });
  });

  test('have one role without policies, which exists only if a group has a member', () => {
    expect(only(resource.vault_aws_auth_backend_role).value).toMatchObject({
      role: 'people',
      resolve_aws_unique_ids: false,
      token_policies: [],
      count: expect.stringMatching(/^\$\{length\(local\.\w+\) > 0 \? 1 : 0\}$/) as string,
      bound_iam_principal_arns: expect.stringMatching(
        /^\$\{\[for users in values\(local\.\w+\) : replace\(users\[0\]\.arn, /,
      ) as string,
    });
  });

  test('need nothing of AWS when somebody logs in, and have no warning about names', () => {
    let tasks: readonly AwsTask[] = ['look-up-users'];
    synthesize((stack) => (tasks = tasksOf(declare(stack))));

    expect(tasks).toEqual([]);
    expect(warningsOf((stack) => declare(stack, { tokenMaxTtl: undefined })).join()).not.toContain(
      'resolve-off',
    );
  });

  test('take policies of the app, which are written before the group', () => {
    const stack = synthesize((stack) => {
      const rules = [{ path: 'secret/data/a', capabilities: ['read' as const] }];
      const policy = new VaultPolicy(stack, 'policy', { policyName: 'developer', rules });
      declare(stack, { groups: { developers: [policy] } });
    });

    expect(only(stack.resource.vault_identity_group).value).toMatchObject({
      policies: ['${vault_policy.policy.name}'],
    });
  });

  test('have the names of policies that are known only at apply checked by Terraform', () => {
    const stack = synthesize((stack) => declare(stack, { groups: { developers: [lateText(stack)] } }));

    expect(preconditionsOf(only(stack.resource.vault_identity_group).value)).toEqual([
      [expect.stringContaining('var.late'), expect.stringContaining('groups.developers[0]: must be')],
    ]);
  });
});

describe('IAM groups are refused', () => {
  test.each<[string, Partial<IamGroupsProps>, string]>([
    ['without any group', { groups: {} }, '[stack/groups] groups: at least one is needed; got none'],
    [
      'with a name that IAM does not allow',
      { groups: { 'all developers': ['developer'] } },
      "[stack/groups] groups: an IAM group name must be 1 to 128 letters, digits or any of _+=,.@-; got 'all developers'",
    ],
    ...[
      'arn:aws:iam::222222222222:group/developers',
      'arn:aws:iam::222222222222:group/team/a/developers',
    ].map((arn): [string, Partial<IamGroupsProps>, string] => [
      'with one of an account that is not trusted, by its ARN',
      { groups: { [arn]: ['developer'] } },
      `[stack/groups] groups: members are read in the account of the AWS provider, by the group's name only, and it can read account 222222222222 only if that account trusts the provider; write 'developers', and give a provider of that account if the stack's provider is of another; got '${arn}'`,
    ]),
    [
      'with a policy that Vault lowercases',
      { groups: { developers: ['Developer'] } },
      "[stack/groups] groups.developers[0]: Vault lowercases a policy name, write 'developer'; got 'Developer'",
    ],
    [
      'with two names that are one to Vault',
      { groups: { Developers: ['a'], developers: ['b'] } },
      "[stack/groups/group_developers] identity group 'developers' is declared twice, each write would replace the other; it is already declared at 'stack/groups/group_Developers'",
    ],
  ])('%s', (_, props, message) => {
    expect(problemsOf((stack) => declare(stack, props))).toEqual([message]);
  });

  test('with a name that is known only at apply, because its members must be known to plan', () => {
    expect(() =>
      problemsOf((stack) => declare(stack, { groups: { [lateText(stack)]: ['developer'] } })),
    ).toThrow('You cannot use a token');
  });

  test.each<[AwsAuthMountProps, string]>([
    [{}, 'role_id'],
    [{ guideOnly: true }, 'role_id'],
    [{ identity: { iamAlias: 'full_arn' } }, 'full_arn'],
  ])('on a mount whose alias is another: %j', (mountProps, got) => {
    expect(problemsOf((stack) => declare(stack, {}, mountProps))).toEqual([
      `[stack/groups] mount: IAM groups need identity: { iamAlias: 'unique_id' }, because a user that is made again under its name has another one, and a mount with guideOnly has only role_id; got '${got}'`,
    ]);
  });

  test('on a local mount, whose aliases Vault moves to no other entity', () => {
    expect(
      problemsOf((stack) => declare(stack, {}, { local: true, identity: { iamAlias: 'unique_id' } })),
    ).toEqual([
      '[stack/groups] mount: Vault moves no alias of a local mount to another entity, leave out local; got true',
    ]);
  });

  test('on a mount for which another construct makes the entities', () => {
    expect(
      problemsOf((stack) => {
        const mount = declare(stack);
        new IamGroups(stack, 'more', { mount, roleName: 'more', groups: { auditors: ['auditor'] } });
      }),
    ).toEqual([
      "[stack/more] mount: only one construct may make the entities of a mount, because two would overwrite each other's aliases; it is already given to 'stack/groups'",
    ]);
  });
});
