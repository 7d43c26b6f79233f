import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Context, Recipe } from './part';

/** What the two recipes of a provider share: the folder in the cache, and the provider in it. */
export type ProviderFolder = Pick<Recipe, 'product' | 'version' | 'folder' | 'programs'> & {
  complete: (into: string, context: Context) => Promise<void>;
};

/**
 * A provider's folder is a Terraform filesystem mirror with that one provider.
 *
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror (unpacked layout)
 */
export function providerFolder(type: 'aws' | 'vault', version: string): ProviderFolder {
  const product = `terraform-provider-${type}`;
  return {
    product,
    version,
    folder: `provider-${type}/${version}`,
    programs: (platform) => [
      join(packageFolder('registry.terraform.io', type, version, platform), `${product}_v${version}_x5`),
    ],
    complete: (into, { platform }) => linkForOpenTofu(into, type, version, platform),
  };
}

/** Lets OpenTofu find the provider, too: it looks under the name of its own registry. */
async function linkForOpenTofu(into: string, type: string, version: string, platform: string): Promise<void> {
  const link = join(into, packageFolder('registry.opentofu.org', type, version, platform));
  const target = join(into, packageFolder('registry.terraform.io', type, version, platform));
  await mkdir(dirname(link), { recursive: true });
  await symlink(relative(dirname(link), target), link);
}

function packageFolder(registry: string, type: string, version: string, platform: string): string {
  return join(registry, 'hashicorp', type, version, platform);
}
