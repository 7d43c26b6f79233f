import { chmodSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from 'cdktf';

/**
 * Where the Terraform state is kept. It holds the secret access keys in clear: anyone who can read it can act as
 * Vault in AWS.
 */
export type StateBackend =
  | {
      readonly kind: 'local';
      /**
       * Folder next to `cdk.out`, only for the state: synth makes it readable for its owner only.
       *
       * @default 'state'
       */
      readonly folder?: string;
    }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly region: string;
      /** @default 'STACK.tfstate' */
      readonly key?: string;
      /** A KMS key to encrypt with. @default the bucket's own encryption */
      readonly kmsKeyId?: string;
    }
  | { readonly kind: 'hcp-terraform'; readonly organization: string; readonly workspace: string };

const DEFAULT_FOLDER = 'state';

/** Declares the backend on the stack. */
export function useStateBackend(stack: TerraformStack, backend: StateBackend): void {
  const name = stack.node.id;
  switch (backend.kind) {
    case 'local': {
      const folder = backend.folder ?? DEFAULT_FOLDER;
      // Terraform resolves it in cdk.out/stacks/NAME, which people delete: three levels up is the project.
      new LocalBackend(stack, { path: `../../../${folder}/${name}.tfstate` });
      return;
    }
    case 's3': {
      const { bucket, region, kmsKeyId, key = `${name}.tfstate` } = backend;
      new S3Backend(stack, { bucket, region, key, kmsKeyId, encrypt: true });
      // The binding is older than the lock file, which needs Terraform 1.10 or OpenTofu 1.10.
      stack.addOverride('terraform.backend.s3.use_lockfile', true);
      return;
    }
    case 'hcp-terraform': {
      const { organization, workspace } = backend;
      new CloudBackend(stack, { organization, workspaces: new NamedCloudWorkspace(workspace) });
    }
  }
}

/** What is wrong with the backend, a sentence each; empty if nothing is wrong. */
export function checkStateBackend(backend: StateBackend): string[] {
  if (backend.kind !== 'local' || backend.folder === undefined) {
    return [];
  }
  const segments = backend.folder.split('/');
  return segments.every((segment) => /^[\w.-]*\w[\w.-]*$/.test(segment))
    ? []
    : [`backend.folder: must be a separate folder next to cdk.out, such as 'state'; got '${backend.folder}'`];
}

/**
 * Makes the folder of local state, readable for its owner only: Terraform itself would let everybody read it.
 *
 * @param outdir where synth wrote
 */
export function protectLocalState(outdir: string, backend: StateBackend = { kind: 'local' }): void {
  if (backend.kind === 'local') {
    const folder = resolve(outdir, '..', backend.folder ?? DEFAULT_FOLDER);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
}
