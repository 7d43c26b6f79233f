import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type TerraformStack, Token } from 'cdktf';
import { type AwsEndpoints, checkPartition, IDENTIFIERS, ofArn, partitionsOfEndpoints } from '../aws';
import { problemOf } from '../checks';
import { useVault, type VaultAccess } from './vault-provider';

const AWS_VERSIONS = '>= 5.0.0, < 7.0.0';

/** How Terraform reaches AWS. Its credentials come from the environment. */
export interface AwsAccess {
  /** Region of the AWS provider. @default AWS_REGION or the profile's where Terraform runs */
  readonly region?: string;
  /** Tags on all that the stack makes in AWS. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where Terraform reaches AWS. @default the public endpoints, or AWS_ENDPOINT_URL where Terraform runs */
  readonly endpoints?: AwsEndpoints;
  /** ARN of a role that the credentials assume first, for example a role of another account. @default none */
  readonly assumeRoleArn?: string;
}

export interface ProviderSettings extends AwsAccess, VaultAccess {}

/** Configures both providers. */
export function useProviders(stack: TerraformStack, settings: ProviderSettings = {}): void {
  useVault(stack, settings);
  useAws(stack, settings);
}

/**
 * Configures the AWS provider alone, for a stack that makes nothing in Vault.
 *
 * The bindings would pin one version exactly. Here each provider has a range, whose beginning is the oldest
 * version that has all fields in use: nobody should have to upgrade a provider for a feature they don't use. See
 * docs/decisions/0002.
 */
export function useAws(stack: TerraformStack, access: AwsAccess = {}): void {
  const { region, tags, endpoints, assumeRoleArn } = access;
  stack.node.addValidation({ validate: () => checkAssumedRole(assumeRoleArn) });
  checkPartition(stack, [
    ...(assumeRoleArn === undefined ? [] : [ofArn('assumeRoleArn', assumeRoleArn)]),
    ...partitionsOfEndpoints(endpoints),
  ]);
  new AwsProvider(stack, 'aws', {
    region,
    assumeRole: assumeRoleArn === undefined ? undefined : [{ roleArn: assumeRoleArn }],
    defaultTags: tags && [{ tags: { ...tags } }],
    endpoints: endpoints && [{ iam: endpoints.iam, sts: endpoints.sts?.url, ec2: endpoints.ec2 }],
  });
  stack.addOverride('terraform.required_providers.aws.version', AWS_VERSIONS);
}

/** A provider has no preconditions, so an ARN that is known only at apply is not checked. */
function checkAssumedRole(arn: string | undefined): string[] {
  const problem =
    arn === undefined || Token.isUnresolved(arn)
      ? undefined
      : problemOf(IDENTIFIERS.roleArn, 'assumeRoleArn', arn);
  return problem === undefined ? [] : [problem];
}
