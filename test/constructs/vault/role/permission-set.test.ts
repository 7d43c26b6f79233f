import type { TerraformStack } from 'cdktf';
import { type AwsTask, tasksOf } from '../../../../lib/constructs/aws';
import {
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  type PermissionSet,
} from '../../../../lib/constructs/vault';
import { Duration } from 'aws-cdk-lib/core';
import { lateText, preconditionsOf, problemsOf, synthesize, warningsOf } from '../../../support/stack';

const declare = (stack: TerraformStack, permissionSet: PermissionSet, resolveAwsUniqueIds?: boolean) => {
  const mount = new AwsAuthMount(stack, 'mount', { guideOnly: true });
  new IamAuthRole(stack, 'role', {
    mount,
    roleName: 'people',
    boundPrincipals: [BoundPrincipal.permissionSet(permissionSet)],
    resolveAwsUniqueIds,
    tokenMaxTtl: Duration.hours(8),
  });
  return mount;
};

const roleFor = (permissionSet: PermissionSet, resolveAwsUniqueIds?: boolean) =>
  synthesize((stack) => declare(stack, permissionSet, resolveAwsUniqueIds)).resource
    .vault_aws_auth_backend_role!.role!;

const HERE =
  'arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.caller.account_id}:role/aws-reserved/sso.amazonaws.com/';

describe('a permission set', () => {
  test.each<[string, PermissionSet, string]>([
    ['has the region in its path', { name: 'Dev', region: 'eu-central-1' }, `${HERE}eu-central-1/`],
    ['has none in us-east-1', { name: 'Dev', region: 'us-east-1' }, HERE],
    [
      'is one of another account',
      { name: 'Dev', region: 'us-east-1', account: '222222222222' },
      HERE.replace('${data.aws_caller_identity.caller.account_id}', '222222222222'),
    ],
  ])('%s', (_, permissionSet, path) => {
    expect(roleFor(permissionSet)).toMatchObject({
      bound_iam_principal_arns: [`${path}AWSReservedSSO_Dev_*`],
    });
  });

  test('keeps its path if the role does not resolve, because its wildcard needs it', () => {
    expect(roleFor({ name: 'Dev', region: 'us-east-1' }, false)).toMatchObject({
      bound_iam_principal_arns: [`${HERE}AWSReservedSSO_Dev_*`],
    });
  });

  test('lets Vault look roles up, and warns of nothing: only AWS makes such roles', () => {
    let tasks: readonly AwsTask[] = [];
    const build = (stack: TerraformStack) => {
      tasks = tasksOf(declare(stack, { name: 'Dev', region: 'eu-central-1' }));
    };

    expect(warningsOf(build)).toEqual([]);
    expect(tasks).toEqual(['look-up-roles']);
  });

  test('has what is known only at apply checked by Terraform', () => {
    const { resource } = synthesize((stack) =>
      declare(stack, { name: 'Dev', region: 'us-east-1', account: lateText(stack) }),
    );

    expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role)).toEqual([
      [
        expect.stringContaining('var.late'),
        "boundPrincipals[0]: permissionSet.account: must be an account's 12 digits; got '${var.late}'",
      ],
    ]);
  });
});

describe('a permission set is refused', () => {
  test.each<[string, PermissionSet, string]>([
    [
      'with a wildcard in its name',
      { name: 'Dev*', region: 'eu-central-1' },
      "permissionSet.name: a permission set needs its full name, because '*' would let in all whose names begin like this; got 'Dev*'",
    ],
    [
      'with a name that AWS does not allow',
      { name: 'Dev Ops', region: 'eu-central-1' },
      "permissionSet.name: must be 1 to 32 letters, digits or any of _+=,.@-; got 'Dev Ops'",
    ],
    [
      'with an invalid region',
      { name: 'Dev', region: 'Frankfurt' },
      "permissionSet.region: must be a region, such as 'eu-central-1'; got 'Frankfurt'",
    ],
    [
      'with an invalid account',
      { name: 'Dev', region: 'us-east-1', account: '2222' },
      "permissionSet.account: must be an account's 12 digits; got '2222'",
    ],
  ])('%s', (_, permissionSet, message) => {
    expect(problemsOf((stack) => declare(stack, permissionSet))).toEqual([`[stack/role] ${message}`]);
  });
});
