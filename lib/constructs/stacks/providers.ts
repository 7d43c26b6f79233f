import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import {
  type AwsEndpoints,
  checkPartition,
  ENDPOINTS,
  IDENTIFIERS,
  ofArn,
  partitionsOfEndpoints,
  setRegion,
} from '../aws';
import { checkFields, mapOf, matching, optional, type Rows, table, text } from '../checks';
import { checkLogicalIds } from '../terraform';
import { checkAddress, declareVault, VAULT_ACCESS_ROWS, type VaultAccess } from './vault-provider';

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

const ROWS: Rows<AwsAccess> = {
  region: optional(text),
  tags: optional(mapOf(text)),
  endpoints: optional(ENDPOINTS),
  // A provider has no preconditions, so an ARN that is known only at apply is not checked.
  assumeRoleArn: optional(matching(IDENTIFIERS.roleArn)),
};
const AWS_ACCESS = table<AwsAccess>(ROWS);
const PROVIDER_SETTINGS = table<ProviderSettings>({ ...ROWS, ...VAULT_ACCESS_ROWS });

/** Configures both providers. @throws InvalidAppError naming each setting of another type */
export function useProviders(stack: TerraformStack, settings: ProviderSettings = {}): void {
  checkFields(stack, settings, PROVIDER_SETTINGS, () => checkAddress(settings));
  declareProviders(stack, settings);
}

/** The same for settings that are checked already. */
export function declareProviders(stack: TerraformStack, settings: ProviderSettings): void {
  declareVault(stack, settings);
  declareAws(stack, settings);
}

/**
 * Configures the AWS provider alone, for a stack that makes nothing in Vault.
 *
 * The bindings would pin one version exactly. Here each provider has a range, whose beginning is the oldest
 * version that has all fields in use: nobody should have to upgrade a provider for a feature they don't use. See
 * docs/decisions/0002.
 *
 * @throws InvalidAppError naming each setting of another type
 */
export function useAws(stack: TerraformStack, access: AwsAccess = {}): void {
  checkFields(stack, access, AWS_ACCESS);
  declareAws(stack, access);
}

function declareAws(stack: TerraformStack, { region, tags, endpoints, assumeRoleArn }: AwsAccess): void {
  checkLogicalIds(stack);
  setRegion(stack, region);
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
