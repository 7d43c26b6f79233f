import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { Lazy, type TerraformStack } from 'cdktf';
import type { AwsEndpoints } from '../aws';
import { leastVaultProvider } from '../vault';

const AWS_VERSIONS = '>= 5.0.0, < 7.0.0';
const FIRST_TOO_NEW_VAULT = '6.0.0';

export interface ProviderSettings {
  /** Vault's address. @default VAULT_ADDR where Terraform runs */
  readonly vaultAddress?: string;
  /** Region of the AWS provider. @default AWS_REGION or the profile's where Terraform runs */
  readonly region?: string;
  /** Tags on all that the stack makes in AWS. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where Terraform reaches AWS. @default the public endpoints, or AWS_ENDPOINT_URL where Terraform runs */
  readonly endpoints?: AwsEndpoints;
}

/**
 * Configures both providers. Their credentials come from the environment, as with terraform alone.
 *
 * The bindings would pin one version exactly. Here each provider has a range, whose beginning is the oldest
 * version that has all fields in use: nobody should have to upgrade a provider for a feature they don't use. See
 * docs/decisions/0002.
 */
export function useProviders(stack: TerraformStack, settings: ProviderSettings = {}): void {
  const { vaultAddress, region, tags, endpoints } = settings;
  new VaultProvider(stack, 'vault', { address: vaultAddress });
  new AwsProvider(stack, 'aws', {
    region,
    defaultTags: tags && [{ tags: { ...tags } }],
    endpoints: endpoints && [{ iam: endpoints.iam, sts: endpoints.sts?.url, ec2: endpoints.ec2 }],
  });
  stack.addOverride(
    'terraform.required_providers.vault.version',
    // The constructs are declared later.
    Lazy.stringValue({ produce: () => `>= ${leastVaultProvider(stack)}, < ${FIRST_TOO_NEW_VAULT}` }),
  );
  stack.addOverride('terraform.required_providers.aws.version', AWS_VERSIONS);
}
