import type { TerraformStack } from 'cdktf';
import { alias, entity, type PolicyRule } from '../../../../lib/policy';
import {
  AwsAuthMount,
  type AwsAuthMountProps,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  type IamAuthRoleProps,
  IamGroups,
  InferredAuthRole,
  PeopleGroups,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import { emptyStack, lateText, problemsOf, synthesize } from '../../../support/stack';

type Identity = AwsAuthMountProps['identity'];

const rulesOn = (...templates: string[]): PolicyRule[] =>
  templates.map((template) => ({ path: `secret/data/${template}/*`, capabilities: ['read'] }));

const policyOn = (stack: TerraformStack, ...templates: string[]) =>
  new VaultPolicy(stack, 'policy', { policyName: 'own', rules: rulesOn(...templates) });

const PRINCIPALS = {
  user: BoundPrincipal.user('alice'),
  'wildcard of users': BoundPrincipal.allUsers(),
  role: BoundPrincipal.role('app'),
  'wildcard of roles': BoundPrincipal.allRoles(),
  'permission set': BoundPrincipal.permissionSet({ name: 'Developer', region: 'eu-central-1' }),
};

/** The problems of a role of type iam that gives a policy with a template. */
const problemsOfRole = (
  identity: Identity,
  principal: keyof typeof PRINCIPALS,
  template: (mount: AwsAuthMount) => string,
  props: Partial<IamAuthRoleProps> = {},
) =>
  problemsOf((stack) => {
    const mount = new AwsAuthMount(stack, 'mount', { identity });
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'people',
      boundPrincipals: [PRINCIPALS[principal]],
      policies: [policyOn(stack, template(mount))],
      ...props,
    });
  });

const ARNS = ['account_id', 'auth_type', 'client_arn'] as const;
const id = () => entity.id;
const clientArn = (mount: AwsAuthMount) => mount.iamAliasMetadata.template('client_arn');

test('a template names the alias of the mount, whose accessor is known at apply', () => {
  const { resource } = synthesize((stack) => {
    const mount = new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'unique_id' } });
    policyOn(stack, mount.iamAliasMetadata.template('account_id'));
  });

  expect(resource.vault_policy!.policy!.policy).toContain(
    'path "secret/data/{{identity.entity.aliases.${vault_auth_backend.mount.accessor}.metadata.account_id}}/*"',
  );
});

describe('a template is taken if its value is the caller’s own:', () => {
  test.each<[string, ...Parameters<typeof problemsOfRole>]>([
    ['of an IAM user', { iamAlias: 'unique_id' }, 'user', id],
    ['of any IAM user', { iamAlias: 'full_arn' }, 'wildcard of users', id],
    ['of a user’s ARN', { iamAlias: 'unique_id', iamMetadata: ARNS }, 'user', clientArn],
    ['of a person', { iamAlias: 'full_arn' }, 'permission set', id],
    [
      'of a session with a pinned name',
      { iamAlias: 'full_arn' },
      'role',
      id,
      { templatesFor: 'pinned-session' },
    ],
    ['of an IAM role as one', { iamAlias: 'unique_id' }, 'role', id, { templatesFor: 'iam-role' }],
    ['of a role of Vault as one', undefined, 'role', id, { templatesFor: 'vault-role' }],
    ['of all users of a role as one', undefined, 'wildcard of users', id, { templatesFor: 'vault-role' }],
    [
      'of the account, which sessions share',
      { iamAlias: 'unique_id' },
      'wildcard of roles',
      (mount) => mount.iamAliasMetadata.template('account_id'),
    ],
  ])('%s', (_, ...given) => {
    expect(problemsOfRole(...given)).toEqual([]);
  });

  test('of an instance, with a key that only logins of type ec2 note', () => {
    expect(
      problemsOf((stack) => {
        const mount = new AwsAuthMount(stack, 'mount', {
          identity: { ec2Alias: 'instance_id', ec2Metadata: ['instance_id'] },
        });
        new Ec2AuthRole(stack, 'role', {
          mount,
          roleName: 'web',
          boundAmiIds: ['ami-0123456789abcdef0'],
          policies: [policyOn(stack, mount.ec2AliasMetadata.template('instance_id'))],
        });
      }),
    ).toEqual([]);
  });

  test('of sessions that are inferred to be instances, next to a user, who has none', () => {
    expect(
      problemsOf((stack) => {
        new InferredAuthRole(stack, 'worker', {
          mount: new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'canonical_arn' } }),
          roleName: 'worker',
          inferredRegion: 'eu-central-1',
          boundPrincipals: [PRINCIPALS.role, PRINCIPALS['wildcard of users']],
          templatesFor: 'iam-role',
          policies: [policyOn(stack, entity.id, alias('auth_aws_1a2b3c4d').name)],
        });
      }),
    ).toEqual([]);
  });

  test('of a member of a group', () => {
    expect(
      problemsOf((stack) => {
        const mount = new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'unique_id' } });
        new IamGroups(stack, 'groups', {
          mount,
          roleName: 'people',
          groups: { developers: [policyOn(stack, entity.id, entity.metadata('user_name'))] },
        });
      }),
    ).toEqual([]);
  });
});

const shared = (template: string, alias: string, who: string, set: string) => [
  `[stack/role] policies: 'stack/policy' has {{identity.entity.${template}}}, which under ${alias} is not a value of their own ` +
    `for ${who}: others have it too, or change it when they log in; ${set}`,
];
const PINNED =
  "templatesFor: 'pinned-session' at the role, if the trust policy of each bound IAM role leaves nobody a choice of sts:RoleSessionName";
const AS_ROLE = "templatesFor: 'iam-role' at the role, if all sessions of an IAM role are one caller";
const AS_VAULT_ROLE = "templatesFor: 'vault-role' at the role, if all callers of the role are one";
const CLIENT_ARN = 'aliases.ACCESSOR.metadata.client_arn';

describe('a template is refused if another caller has its value, or changes it:', () => {
  test.each<[string, Parameters<typeof problemsOfRole>, string[]]>([
    [
      'the entity of all callers of a role of Vault',
      [undefined, 'wildcard of users', id],
      shared(
        'id',
        "iamAlias 'role_id'",
        'IAM users behind a wildcard',
        "set identity: { iamAlias: 'unique_id' or 'full_arn' or 'canonical_arn' } at the mount",
      ),
    ],
    [
      'the entity of all sessions of an IAM role',
      [{ iamAlias: 'unique_id' }, 'role', () => entity.name],
      shared(
        'name',
        "iamAlias 'unique_id'",
        'sessions of IAM roles',
        `set ${AS_ROLE}; or identity: { iamAlias: 'full_arn' } at the mount and ${PINNED}; ` +
          `or identity: { iamAlias: 'role_id' } at the mount and ${AS_VAULT_ROLE}`,
      ),
    ],
    [
      'the ARN of the last session of an IAM role',
      [{ iamAlias: 'unique_id', iamMetadata: ARNS }, 'role', clientArn],
      shared(
        CLIENT_ARN,
        "iamAlias 'unique_id'",
        'sessions of IAM roles',
        `set identity: { iamAlias: 'full_arn' } at the mount and ${PINNED}`,
      ),
    ],
    [
      'the name of a session, which its caller chose',
      [{ iamAlias: 'full_arn', iamMetadata: ARNS }, 'wildcard of roles', id],
      shared(
        'id',
        "iamAlias 'full_arn'",
        'sessions of IAM roles behind a wildcard',
        `set identity: { iamAlias: 'unique_id' or 'canonical_arn' } at the mount and ${AS_ROLE}; or ${PINNED}; ` +
          `or identity: { iamAlias: 'role_id' } at the mount and ${AS_VAULT_ROLE}`,
      ),
    ],
    [
      'the entity of all people of a permission set',
      [{ iamAlias: 'unique_id' }, 'permission set', id],
      shared(
        'id',
        "iamAlias 'unique_id'",
        'people of a permission set',
        "set identity: { iamAlias: 'full_arn' } at the mount",
      ),
    ],
    [
      'an ARN that may end in +, which is a wildcard of Vault',
      [{ iamAlias: 'unique_id', iamMetadata: ARNS }, 'wildcard of users', clientArn],
      shared(
        CLIENT_ARN,
        "iamAlias 'unique_id'",
        'IAM users behind a wildcard',
        'no alias makes it right, so take another template',
      ),
    ],
  ])('%s', (_, given, problems) => {
    expect(problemsOfRole(...given)).toEqual(problems);
  });

  test('in a policy that is named, and is in the app', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { path: 'aws' });
      const other = emptyStack(stack.node.root, 'other');
      policyOn(other, entity.id);
      new IamAuthRole(stack, 'role', {
        mount,
        roleName: 'people',
        boundPrincipals: [PRINCIPALS.user],
        policies: ['own', 'elsewhere'],
      });
    });

    expect(problems).toEqual([
      expect.stringContaining("policies: 'other/policy' has {{identity.entity.id}}"),
    ]);
  });

  test('in a policy of a group of people', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'full_arn' } });
      new PeopleGroups(stack, 'people', {
        mount,
        roleName: 'people',
        permissionSets: [{ name: 'Developer', region: 'eu-central-1' }],
        groups: {
          developers: {
            people: ['alice'],
            policies: [policyOn(stack, mount.iamAliasMetadata.template('client_user_id'))],
          },
        },
      });
    });

    expect(problems).toContainEqual(
      expect.stringMatching(
        /^\[stack\/people\] groups\.developers\.policies: 'stack\/policy' has .*client_user_id.* for people of a permission set: /,
      ),
    );
  });

  test('of instances of one image, and of sessions that are inferred to be instances', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', {
        identity: { ec2Alias: 'image_id', iamAlias: 'unique_id' },
      });
      const policies = [policyOn(stack, entity.id)];
      new Ec2AuthRole(stack, 'web', {
        mount,
        roleName: 'web',
        boundAmiIds: ['ami-0123456789abcdef0'],
        policies,
      });
      new InferredAuthRole(stack, 'worker', {
        mount,
        roleName: 'worker',
        inferredRegion: 'eu-central-1',
        boundPrincipals: [PRINCIPALS.role],
        boundVpcIds: ['vpc-0123456789abcdef0'],
        policies,
      });
    });

    expect(problems).toEqual([
      expect.stringMatching(
        /^\[stack\/web\] .* under ec2Alias 'image_id' is .* for instances: .*; set identity: \{ ec2Alias: 'instance_id' \} at the mount$/,
      ),
      expect.stringMatching(
        /^\[stack\/worker\] .* under iamAlias 'unique_id' is .* for sessions of IAM roles: .* templatesFor: 'pinned-session'/,
      ),
    ]);
  });

  test('of sessions of any IAM role, whose name may be +', () => {
    const problems = problemsOf((stack) => {
      new InferredAuthRole(stack, 'worker', {
        mount: new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'canonical_arn' } }),
        roleName: 'worker',
        inferredRegion: 'eu-central-1',
        boundVpcIds: ['vpc-0123456789abcdef0'],
        templatesFor: 'iam-role',
        policies: [policyOn(stack, alias('auth_aws_1a2b3c4d').name)],
      });
    });

    expect(problems).toEqual([expect.stringContaining(' for IAM roles behind a wildcard: ')]);
  });

  test('on a mount with guideOnly, which has no other alias', () => {
    const problems = problemsOf((stack) => {
      new IamAuthRole(stack, 'role', {
        mount: new AwsAuthMount(stack, 'mount', { guideOnly: true }),
        roleName: 'people',
        boundPrincipals: [PRINCIPALS.user],
        policies: [policyOn(stack, entity.id)],
      });
    });

    expect(problems).toEqual([expect.stringMatching(/; a mount with guideOnly has only 'role_id'$/)]);
  });
});

describe('a policy that no role of the app gives', () => {
  const alone = (
    identity: Identity,
    ...keys: Parameters<AwsAuthMount['iamAliasMetadata']['template']>[0][]
  ) =>
    problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { identity });
      policyOn(stack, ...keys.map((key) => mount.iamAliasMetadata.template(key)));
    });

  test('is refused if its template is wrong for all callers', () => {
    expect(alone(undefined, 'account_id')).toEqual([
      expect.stringMatching(
        /^\[stack\/mount\] 'stack\/policy' is given by no role of this app, so each role must suit it; it has .*account_id}}, which under iamAlias 'role_id' /,
      ),
    ]);
    // Only logins of type iam have it.
    expect(alone(undefined, 'client_arn')).toContainEqual(
      expect.stringMatching(/^\[stack\/mount\] 'stack\/policy' is given by no role .*client_arn}}, /),
    );
    expect(alone({ iamAlias: 'unique_id' }, 'account_id')).toEqual([]);
  });

  test('is found if its template is written by hand, and if it is no construct of this project', () => {
    const byHand = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      const other = new AwsAuthMount(stack, 'other', { path: 'other', identity: { iamAlias: 'unique_id' } });
      const on = ({ accessor }: AwsAuthMount) =>
        `{{ identity.entity.aliases.${accessor}.metadata.account_id }}`;
      policyOn(stack, on(mount), on(other));
    });
    const asked = problemsOf((stack) => {
      new AwsAuthMount(stack, 'mount').iamAliasMetadata.template('account_id');
    });

    expect([byHand, asked]).toEqual([
      [
        expect.stringMatching(
          /^\[stack\/mount\] 'stack\/policy' is given by no role .* under iamAlias 'role_id' /,
        ),
      ],
      [expect.stringMatching(/^\[stack\/mount\] 'a policy that is no VaultPolicy' is given by no role /)],
    ]);
  });

  test('is judged for each role of the mount', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount', { identity: { iamAlias: 'unique_id' } });
      policyOn(stack, alias(mount.accessor).name);
      new IamAuthRole(stack, 'users', { mount, roleName: 'users', boundPrincipals: [PRINCIPALS.user] });
      new IamAuthRole(stack, 'apps', { mount, roleName: 'apps', boundPrincipals: [PRINCIPALS.role] });
    });

    expect(problems).toEqual([
      expect.stringMatching(
        /^\[stack\/mount\] 'stack\/policy' is given by no role .* for sessions of IAM roles: /,
      ),
    ]);
  });

  test('may have templates of an entity, which may come from any method', () => {
    expect(
      problemsOf((stack) => {
        new AwsAuthMount(stack, 'mount');
        policyOn(stack, entity.id);
      }),
    ).toEqual([]);
  });
});

describe('a template on a key is refused', () => {
  test('that the alias does not note', () => {
    expect(problemsOfRole({ iamAlias: 'unique_id' }, 'user', clientArn)).toEqual([
      "[stack/mount] identity.iamMetadata: 'stack/policy' has a template on 'client_arn', which the alias must note, or the rule never applies; got account_id, auth_type",
    ]);
  });

  test.each([
    ['iam', (mount: AwsAuthMount) => mount.ec2AliasMetadata.template('ami_id'), 'ami_id'],
    [
      'iam without inference',
      (mount: AwsAuthMount) => mount.iamAliasMetadata.template('inferred_entity_id'),
      'inferred_entity_id',
    ],
  ])('that no login of type %s has', (_, template, key) => {
    const iamMetadata = ['auth_type', 'inferred_entity_id'] as const;

    expect(problemsOfRole({ iamAlias: 'unique_id', iamMetadata }, 'user', template)).toEqual([
      `[stack/mount] 'stack/policy' has a template on '${key}', which no login by its roles has, so the rule never applies`,
    ]);
  });
});

describe('the accessor of a template', () => {
  test('is not the path of a mount, also if that is known at apply only', () => {
    expect(
      problemsOf((stack) => {
        policyOn(stack, alias(new AwsAuthMount(stack, 'mount', { path: 'team' }).path).name);
      }),
    ).toEqual([
      "[stack/policy] rules: a template needs the accessor of the mount, and never applies with its path, write mount.accessor; got '${vault_auth_backend.mount.path}'",
    ]);
  });

  test('may be known at apply, and of another mount', () => {
    expect(problemsOf((stack) => policyOn(stack, alias(lateText(stack)).name))).toEqual([]);
  });

  test('may be written out, and is then taken for that of the role’s mount', () => {
    expect(problemsOfRole({ iamAlias: 'unique_id' }, 'role', () => alias('auth_aws_1a2b3c4d').name)).toEqual([
      expect.stringMatching(/ has {{identity\.entity\.aliases\.auth_aws_1a2b3c4d\.name}}, /),
    ]);
    expect(problemsOfRole({ iamAlias: 'unique_id' }, 'role', () => alias('auth_oidc_1a2b3c4d').name)).toEqual(
      [],
    );
  });
});

test.each([[[]], [['client_arn']]] as const)(
  'metadata without auth_type is refused, because tokens could not be renewed: %j',
  (iamMetadata) => {
    expect(problemsOf((stack) => new AwsAuthMount(stack, 'mount', { identity: { iamMetadata } }))).toEqual([
      `[stack/mount] identity.iamMetadata: must have 'auth_type', or no token of type iam can be renewed; got ${iamMetadata.join() || 'an empty list'}`,
    ]);
  },
);

test('metadata of type ec2 may be without auth_type', () => {
  expect(problemsOf((stack) => new AwsAuthMount(stack, 'mount', { identity: { ec2Metadata: [] } }))).toEqual(
    [],
  );
});
