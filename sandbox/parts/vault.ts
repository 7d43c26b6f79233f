import { findOnPath } from './find-on-path';
import { goBuild } from './go';
import type { Part } from './part';
import { releaseDownload } from './release';

const VERSION = '1.21.1';
const made = {
  product: 'vault',
  version: VERSION,
  folder: `vault/${VERSION}`,
  programs: (): [string] => ['vault'],
};

/** The Vault server and client. */
export const vault: Part = {
  name: 'vault',
  find: ({ env }) =>
    findOnPath(
      [
        {
          product: 'vault',
          names: ['vault'],
          args: ['version'],
          version: /^Vault v(\S+)/m,
          // CVE-2025-11621: before this version a role with the same name in another account may log in.
          atLeast: '1.21.0',
          rejects: (version) =>
            version.includes('+ent')
              ? 'an Enterprise version, which does not start without a licence'
              : undefined,
        },
      ],
      env,
    ),
  fetch: releaseDownload({ ...made, typicalSeconds: 40 }),
  build: goBuild({
    ...made,
    module: 'vault',
    package: 'github.com/hashicorp/vault',
    ldflags: `-X github.com/hashicorp/vault/version.fullVersion=${VERSION}`,
    typicalSeconds: 660,
  }),
  advice: 'install Vault 1.21.0 or newer (a community release)',
};
