import { type TerraformStack, TerraformVariable } from 'cdktf';
import { AwsAuthMount, BoundPrincipal, IamAuthRole } from '../../lib/constructs/vault';
import { problemsOf, synthesize } from '../support/stack';

const IDS = ['caller', 'partition', 'replacements', 'principal', 'lookup'];
const variables = (stack: TerraformStack) =>
  IDS.forEach((id) => new TerraformVariable(stack, id, { type: 'string' }));
const method = (stack: TerraformStack) =>
  new IamAuthRole(stack, 'role', {
    mount: new AwsAuthMount(stack, 'mount'),
    roleName: 'app',
    boundPrincipals: [BoundPrincipal.userFromLookup('alice')],
  });

test('a stack may have constructs of its own with the IDs that ours have', () => {
  const declare = (stack: TerraformStack) => {
    variables(stack);
    method(stack);
    new IamAuthRole(stack, 'all', {
      mount: new AwsAuthMount(stack, 'other', { path: 'other' }),
      roleName: 'all',
      boundPrincipals: [BoundPrincipal.allUsers()],
    });
  };

  expect(problemsOf(declare)).toEqual([]);
  const { data, resource } = synthesize(declare);
  expect(Object.keys(data!.aws_caller_identity!)).toEqual(['vault_aws_auth_caller']);
  expect(Object.keys(data!.aws_partition!)).toEqual(['vault_aws_auth_partition']);
  expect(Object.keys(resource.terraform_data!)).toContain('vault_aws_auth_replacements');
  expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
    lifecycle: {
      replace_triggered_by: expect.arrayContaining([
        'terraform_data.vault_aws_auth_replacements.input.role',
      ]) as string[],
    },
  });
});

test('declared after ours, such a construct is an error that names the ID', () => {
  expect(() =>
    synthesize((stack) => {
      method(stack);
      variables(stack);
    }),
  ).toThrow(/There is already a Construct with name '(?:caller|partition|replacements|principal|lookup)'/);
});
