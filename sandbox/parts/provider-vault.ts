import { goBuild } from './go';
import type { Part } from './part';
import { providerFolder } from './provider';
import { releaseDownload } from './release';

const made = providerFolder('vault', '4.4.0');

/** The Terraform provider hashicorp/vault. */
export const providerVault: Part = {
  name: 'provider-vault',
  find: () => Promise.resolve({ passedOver: [] }),
  fetch: releaseDownload({ ...made, typicalSeconds: 10 }),
  build: goBuild({
    ...made,
    module: 'provider-vault',
    package: 'github.com/hashicorp/terraform-provider-vault',
    typicalSeconds: 120,
  }),
};
