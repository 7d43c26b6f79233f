import { Fn, Testing } from 'cdktf';
import { check } from '../../../lib/constructs/checks';
import { deployerPolicy, type LoginSettings, type Settings } from '../../../lib/constructs/stacks';
import { VaultAwsAuthStack } from '../../../lib/constructs/stacks';
import { BoundPrincipal } from '../../../lib/constructs/vault';
import { declaredLogin } from '../../../lib/operate/declared';
import { kv2 } from '../../../lib/policy';
import { testApp } from '../../support/app';
import type { Synthesized } from '../../support/stack';

const vault = { address: 'https://vault.example.com:8200' };
const billing: LoginSettings = {
  role: { roleName: 'billing' },
  boundPrincipals: [BoundPrincipal.role('billing')],
  policy: { policyName: 'billing', rules: kv2.read('secret', 'billing/*') },
  otherPolicies: ['dev_policy', 'shared'],
};

const synthesized = (login?: Settings['login']) =>
  JSON.parse(
    Testing.synth(new VaultAwsAuthStack(testApp(), 'vault-aws-auth', { vault, login })),
  ) as Synthesized;

const problemsWith = (...others: LoginSettings[]) => {
  const app = testApp();
  new VaultAwsAuthStack(app, 'vault-aws-auth', { vault, login: [{}, ...others] });
  return check(app).problems;
};

describe('a list of logins', () => {
  test('with one entry is the stack of that entry alone', () => {
    expect(synthesized([{}])).toEqual(synthesized());
    const login = { ...billing, otherPolicies: ['dev_policy'] };
    expect(synthesized([login])).toEqual(synthesized(login));
  });

  test('keeps all of the first entry, and adds a role and a policy under the name of the role', () => {
    const [one, two] = [synthesized(), synthesized([{}, billing])];

    expect(two).toMatchObject({
      resource: {
        vault_aws_auth_backend_role: one.resource.vault_aws_auth_backend_role!,
        vault_policy: one.resource.vault_policy!,
      },
      output: one.output!,
    });
    expect(Object.keys(two.resource.vault_aws_auth_backend_role!)).toEqual([
      'login_billing_role_474DC230',
      'role',
    ]);
    expect(Object.keys(two.resource.vault_policy!)).toEqual(['login_billing_policy_E45F13BD', 'policy']);
  });

  test('gives a role the policies of other entries by reference, so that they are written first', () => {
    const { vault_aws_auth_backend_role: roles } = synthesized([{}, billing]).resource;

    expect(roles!.login_billing_role_474DC230!.token_policies).toEqual([
      '${vault_policy.login_billing_policy_E45F13BD.name}',
      '${vault_policy.policy.name}',
      'shared',
    ]);
  });

  test('has names and login commands of the other roles in an output', () => {
    const { output } = synthesized([{}, billing]);

    expect(output!.other_roles!.value).toEqual([
      {
        role_name: '${vault_aws_auth_backend_role.login_billing_role_474DC230.role}',
        login_command:
          'vault login -method=aws -path=${vault_auth_backend.mount.path} header_value=vault.example.com role=${vault_aws_auth_backend_role.login_billing_role_474DC230.role}',
      },
    ]);
    expect(synthesized().output).not.toHaveProperty('other_roles');
  });

  test('keeps apart roles whose names differ by a dot only', () => {
    const named = (roleName: string) => ({ ...billing, role: { roleName }, policy: undefined });
    const { vault_aws_auth_backend_role: roles } = synthesized([{}, named('a.b'), named('ab')]).resource;

    expect(Object.keys(roles!)).toHaveLength(3);
  });

  test('lets nobody in by what another entry leaves out, and gives it no policy', () => {
    const { vault_aws_auth_backend_role: roles } = synthesized([
      {},
      { ...billing, policy: undefined, otherPolicies: undefined },
    ]).resource;

    expect(roles!.login_billing_role_474DC230!.token_policies).toEqual([]);
    expect(problemsWith({})).toEqual([
      '[vault-aws-auth] login[1].role.roleName: must be given, because only the first entry has a default; got none',
      '[vault-aws-auth] login[1].boundPrincipals: must be given, because only the first entry has a default; got none',
    ]);
  });

  test.each<[string, LoginSettings, string]>([
    [
      'a name with capitals',
      { ...billing, role: { roleName: 'Billing' } },
      "login[1].role.roleName: Vault lowercases a role name, write 'billing'; got 'Billing'",
    ],
    [
      'the name of an earlier entry, also by default',
      { ...billing, role: { roleName: 'dev_role' } },
      "login[1].role.roleName: login[0] has this name already; got 'dev_role'",
    ],
    [
      'a name that is known only at apply',
      { ...billing, role: { roleName: Fn.lower('LATE') } },
      'login[1].role.roleName: must be known at synth, because it names addresses of the stack; got a reference',
    ],
  ])('names the entry with %s', (_, entry, problem) => {
    expect(problemsWith(entry)).toEqual([`[vault-aws-auth] ${problem}`]);
  });

  test('names the role of an entry whose token is not valid', () => {
    expect(problemsWith({ ...billing, role: { roleName: 'billing', tokenNumUses: -1 } })).toEqual([
      expect.stringMatching(/^\[vault-aws-auth\/login_billing\/role\] tokenNumUses: must be/),
    ]);
  });

  test('must not be empty', () => {
    const app = testApp();
    new VaultAwsAuthStack(app, 'vault-aws-auth', { vault, login: [] });

    expect(check(app).problems).toEqual([
      '[vault-aws-auth] login: a list needs an entry, or leave it out for the defaults of the guide; got an empty list',
    ]);
  });

  test('needs rules for each role and policy to be planned', () => {
    const paths = deployerPolicy({ vault, login: [{}, billing] }, 'plan').map(({ path }) => path);

    expect(paths).toEqual(
      expect.arrayContaining([
        'auth/aws_test/role/billing',
        'sys/policies/acl/billing',
        'auth/aws_test/role/dev_role',
      ]),
    );
  });
});

describe('the declared login of a list', () => {
  const settings: Settings = { vault, login: [{}, billing] };

  test('is that of the first role', () => {
    expect(declaredLogin(settings)).toEqual(declaredLogin({ vault }));
  });

  test('by another role has its policies, with the rules of those that other entries declare', () => {
    expect(declaredLogin(settings, 'billing')).toMatchObject({
      role: 'billing',
      policies: [
        { name: 'billing', rules: kv2.read('secret', 'billing/*') },
        { name: 'dev_policy', rules: [{ path: 'secret/data/*' }, { path: 'secret/metadata/*' }] },
        { name: 'shared', rules: [] },
      ],
    });
  });

  test('by a role that the settings lack is an error with those that they have', () => {
    expect(() => declaredLogin(settings, 'ci')).toThrow(
      "settings.ts has no role 'ci'; the roles are: 'dev_role', 'billing'.",
    );
  });
});
