import { type Command, findOnPath } from './find-on-path';
import { goBuild } from './go';
import type { Part } from './part';
import { releaseDownload } from './release';

// The least versions with which the S3 backend and the mirrors were tried.
const TERRAFORM: Command = {
  product: 'terraform',
  names: ['terraform'],
  args: ['version'],
  version: /^Terraform v(\S+)/m,
  atLeast: '1.5.0',
};
const TOFU: Command = {
  product: 'tofu',
  names: ['tofu', 'terraform'],
  args: ['version'],
  version: /^OpenTofu v(\S+)/m,
  atLeast: '1.6.0',
};

/** Terraform, or OpenTofu if Terraform's releases can't be downloaded: Terraform is not available as a Go module. */
export const terraform: Part = {
  name: 'terraform',
  find: ({ env }) => findOnPath([TERRAFORM, TOFU], env),
  fetch: releaseDownload({
    product: 'terraform',
    version: '1.11.4',
    folder: 'terraform/1.11.4',
    programs: () => ['terraform'],
    typicalSeconds: 10,
  }),
  build: goBuild({
    product: 'tofu',
    version: '1.12.6',
    folder: 'opentofu/1.12.6',
    programs: () => ['tofu'],
    module: 'opentofu',
    package: 'github.com/opentofu/opentofu/cmd/tofu',
    // Without it the program calls itself a development version.
    ldflags: '-X github.com/opentofu/opentofu/version.dev=no',
    typicalSeconds: 240,
  }),
  advice: 'install Terraform 1.5 or newer, or OpenTofu 1.6 or newer',
};
