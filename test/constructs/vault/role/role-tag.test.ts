import { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import {
  AwsAuthMount,
  Ec2AuthRole,
  type Ec2AuthRoleProps,
  RoleTag,
  type RoleTagProps,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import { lateText, preconditionsOf, problemsOf, synthesize } from '../../../support/stack';

const declare = (
  stack: TerraformStack,
  tag: Partial<RoleTagProps> = {},
  role: Partial<Ec2AuthRoleProps> = {},
): RoleTag =>
  new RoleTag(stack, 'tag', {
    role: new Ec2AuthRole(stack, 'role', {
      mount: new AwsAuthMount(stack, 'mount'),
      roleName: 'web',
      boundAmiIds: ['ami-0123456789abcdef0'],
      roleTag: 'vault',
      policies: ['reader', 'writer'],
      ...role,
    }),
    ...tag,
  });

const rule = { path: 'a', capabilities: ['read' as const] };

test('every field of a tag reaches the provider', () => {
  const { resource } = synthesize((stack) =>
    declare(
      stack,
      {
        instanceId: 'i-0123456789abcdef0',
        policies: ['reader'],
        maxTtl: Duration.hours(1),
        allowInstanceMigration: true,
        disallowReauthentication: false,
      },
      { allowInstanceMigration: true },
    ),
  );

  expect(resource.vault_aws_auth_backend_role_tag!.tag).toMatchObject({
    backend: '${vault_auth_backend.mount.path}',
    role: '${vault_aws_auth_backend_role.role.role}',
    instance_id: 'i-0123456789abcdef0',
    policies: ['reader'],
    max_ttl: '3600s',
    allow_instance_migration: true,
    disallow_reauthentication: false,
  });
});

test('a tag has the key of its role, and a value that is known at apply', () => {
  let tag: RoleTag | undefined;
  synthesize((stack) => (tag = declare(stack)));

  expect(tag!.key).toBe('vault');
  expect(tag!.value).toMatch(/^\$\{TfToken/);
});

test('a tag is replaced with its role, whose key signs it', () => {
  const { resource } = synthesize(declare);

  expect(resource.vault_aws_auth_backend_role_tag!.tag!.lifecycle).toEqual({
    replace_triggered_by: ['vault_aws_auth_backend_role.role.role_id'],
  });
});

test('a policy of the app may be on the tag as on the role', () => {
  const withPolicy = (stack: TerraformStack) => {
    const policy = new VaultPolicy(stack, 'policy', { policyName: 'dev', rules: [rule] });
    declare(stack, { policies: [policy] }, { policies: [policy] });
  };

  expect(problemsOf(withPolicy)).toEqual([]);
  expect(synthesize(withPolicy).resource.vault_aws_auth_backend_role_tag!.tag).toMatchObject({
    policies: ['${vault_policy.policy.name}'],
  });
});

describe('a tag is taken', () => {
  test.each<[string, Partial<RoleTagProps>, Partial<Ec2AuthRoleProps>]>([
    ['with only its role', {}, { tokenMaxTtl: Duration.hours(1) }],
    ['with the TTL of the role', { maxTtl: Duration.hours(1) }, { tokenMaxTtl: Duration.hours(1) }],
    ['with a TTL if the role has none', { maxTtl: Duration.hours(1) }, {}],
    ['that forbids a second login', { disallowReauthentication: true }, {}],
  ])('%s', (_, tag, role) => {
    expect(problemsOf((stack) => declare(stack, tag, role))).toEqual([]);
  });
});

describe('a tag is refused', () => {
  test.each<[string, Partial<RoleTagProps>, Partial<Ec2AuthRoleProps>, string]>([
    [
      'of a role that reads none',
      {},
      { roleTag: undefined },
      "role: it reads no tag, set its roleTag; got 'stack/role'",
    ],
    [
      'for an invalid instance',
      { instanceId: 'web-1' },
      {},
      "instanceId: must be an instance's ID, 'i-' and 8 to 17 hexadecimal digits; got 'web-1'",
    ],
    [
      'with a policy that the role has not',
      { policies: ['reader', 'admin'] },
      {},
      "policies[1]: must be one of the role's policies, or Vault refuses logins with the tag; got 'admin'",
    ],
    [
      'with an empty list of policies',
      { policies: [] },
      {},
      'policies: an empty list would give all policies of the role, so name at least one; got none',
    ],
    [
      'with a TTL of half a second',
      { maxTtl: Duration.millis(500) },
      {},
      'maxTtl: Vault counts whole seconds; got 0.5 s',
    ],
    [
      'with a TTL over the role’s',
      { maxTtl: Duration.hours(2) },
      { tokenMaxTtl: Duration.hours(1) },
      "maxTtl: must not be longer than the role's tokenMaxTtl, Vault would cut it; got 7200 s over 3600 s",
    ],
    [
      'that allows a migration which the role does not',
      { allowInstanceMigration: true },
      {},
      'allowInstanceMigration: the role must allow it too, or Vault refuses logins with the tag; got true',
    ],
    [
      'with both ways to treat a second login',
      { allowInstanceMigration: true, disallowReauthentication: true },
      { allowInstanceMigration: true },
      'allowInstanceMigration: Vault refuses it together with disallowReauthentication, choose one; got both',
    ],
  ])('%s', (_, tag, role, message) => {
    expect(problemsOf((stack) => declare(stack, tag, role))).toEqual([`[stack/tag] ${message}`]);
  });

  test('with a policy of the app that the role does not have, which is named by its place', () => {
    const problems = problemsOf((stack) => {
      const policy = new VaultPolicy(stack, 'policy', { policyName: 'dev', rules: [rule] });
      declare(stack, { policies: [policy] });
    });

    expect(problems).toEqual([
      "[stack/tag] policies[0]: must be one of the role's policies, or Vault refuses logins with the tag; got 'stack/policy'",
    ]);
  });
});

test('an instance that is known only at apply is checked by Terraform', () => {
  const { resource } = synthesize((stack) => declare(stack, { instanceId: lateText(stack) }));

  expect(preconditionsOf(resource.vault_aws_auth_backend_role_tag!.tag)).toEqual([
    [
      expect.stringContaining('regex('),
      "instanceId: must be an instance's ID, 'i-' and 8 to 17 hexadecimal digits; got '${var.late}'",
    ],
  ]);
});
