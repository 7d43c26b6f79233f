import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { AwsEndpoints } from '../aws';

/**
 * The oldest and the first too new version of each provider. The bindings would pin one version exactly;
 * nobody should have to upgrade a provider for a feature they don't use. See docs/decisions.
 */
export const PROVIDER_VERSIONS = {
  vault: '>= 4.4.0, < 6.0.0',
  aws: '>= 5.0.0, < 7.0.0',
} as const;

export interface ProviderSettings {
  readonly vaultAddress: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly endpoints?: AwsEndpoints;
}

/** Configures both providers. Their credentials come from the environment, as with terraform alone. */
export function useProviders(stack: TerraformStack, settings: ProviderSettings): void {
  const { vaultAddress, region, tags, endpoints } = settings;
  new VaultProvider(stack, 'vault', { address: vaultAddress });
  new AwsProvider(stack, 'aws', {
    region,
    defaultTags: [{ tags: { ...tags } }],
    endpoints: endpoints && [{ iam: endpoints.iam, sts: endpoints.sts?.url, ec2: endpoints.ec2 }],
  });
  stack.addOverride('terraform.required_providers.vault.version', PROVIDER_VERSIONS.vault);
  stack.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSIONS.aws);
}
