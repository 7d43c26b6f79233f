// Not run: `tsc` fails where a field of another kind of role is taken, for then an expected error is missing.
import type { TerraformStack } from 'cdktf';
import {
  type AwsAuthMount,
  type BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  InferredAuthRole,
} from '../../lib/constructs/vault';

export function iamAuthRole(
  stack: TerraformStack,
  mount: AwsAuthMount,
  boundPrincipals: BoundPrincipal[],
): void {
  const props = { mount, roleName: 'role', boundPrincipals };
  new IamAuthRole(stack, 'taken', { ...props, resolveAwsUniqueIds: false });
  // @ts-expect-error principals are needed
  new IamAuthRole(stack, 'role', { mount, roleName: 'role' });
  // @ts-expect-error only with inference
  new IamAuthRole(stack, 'role', { ...props, inferredRegion: 'eu-west-1' });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundAmiIds: [] });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundAccountIds: [] });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundVpcIds: [] });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundSubnetIds: [] });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundIamRoleArns: [] });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundInstanceProfileArns: [] });
  // @ts-expect-error only of instances
  new IamAuthRole(stack, 'role', { ...props, boundInstanceIds: [] });
  // @ts-expect-error only of type ec2
  new IamAuthRole(stack, 'role', { ...props, boundRegions: [] });
  // @ts-expect-error only of type ec2
  new IamAuthRole(stack, 'role', { ...props, roleTag: 'tag' });
  // @ts-expect-error only of type ec2
  new IamAuthRole(stack, 'role', { ...props, allowInstanceMigration: true });
  // @ts-expect-error only of type ec2
  new IamAuthRole(stack, 'role', { ...props, disallowReauthentication: true });
}

export function inferredAuthRole(stack: TerraformStack, mount: AwsAuthMount): void {
  const props = { mount, roleName: 'role', inferredRegion: 'eu-west-1' };
  new InferredAuthRole(stack, 'taken', { ...props, boundPrincipals: [], boundAmiIds: [] });
  // @ts-expect-error the region is needed
  new InferredAuthRole(stack, 'role', { mount, roleName: 'role' });
  // @ts-expect-error only of type ec2
  new InferredAuthRole(stack, 'role', { ...props, boundRegions: [] });
  // @ts-expect-error only of type ec2
  new InferredAuthRole(stack, 'role', { ...props, roleTag: 'tag' });
  // @ts-expect-error only of type ec2
  new InferredAuthRole(stack, 'role', { ...props, allowInstanceMigration: true });
  // @ts-expect-error only of type ec2
  new InferredAuthRole(stack, 'role', { ...props, disallowReauthentication: true });
}

export function ec2AuthRole(stack: TerraformStack, mount: AwsAuthMount): void {
  const props = { mount, roleName: 'role' };
  new Ec2AuthRole(stack, 'taken', { ...props, boundRegions: [], roleTag: 'tag' });
  // @ts-expect-error only of type iam
  new Ec2AuthRole(stack, 'role', { ...props, boundPrincipals: [] });
  // @ts-expect-error only of type iam
  new Ec2AuthRole(stack, 'role', { ...props, resolveAwsUniqueIds: false });
  // @ts-expect-error only with inference
  new Ec2AuthRole(stack, 'role', { ...props, inferredRegion: 'eu-west-1' });
}

export function tokens(stack: TerraformStack, mount: AwsAuthMount): void {
  const props = { mount, roleName: 'role' };
  // @ts-expect-error a duration has a unit
  new Ec2AuthRole(stack, 'role', { ...props, tokenTtl: 3600 });
  // @ts-expect-error no type of token
  new Ec2AuthRole(stack, 'role', { ...props, tokenType: 'periodic' });
  // @ts-expect-error no warning
  new Ec2AuthRole(stack, 'role', { ...props, acknowledge: { 'long-tail': 'a typing error' } });
}
