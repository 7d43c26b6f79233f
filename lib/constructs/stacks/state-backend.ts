import { chmodSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkFields, type Field, objectOf, oneOf, optional, table, text, withRule } from '../checks';
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

type Of<Kind extends StateBackend['kind']> = Extract<StateBackend, { kind: Kind }>;

const KIND = oneOf('local', 's3', 'hcp-terraform');
const BY_KIND = {
  local: table<Of<'local'>>({ kind: KIND, folder: optional(withRule(text, checkFolder)) }),
  s3: table<Of<'s3'>>({
    kind: KIND,
    bucket: text,
    region: text,
    key: optional(text),
    kmsKeyId: optional(text),
  }),
  'hcp-terraform': table<Of<'hcp-terraform'>>({ kind: KIND, organization: text, workspace: text }),
} satisfies Record<StateBackend['kind'], Field>;

/** The table of a backend's kind; of another kind, only the kind is judged. */
function ofKind(backend: unknown): Field {
  const { kind } = Object(backend) as { kind?: StateBackend['kind'] };
  return kind !== undefined && Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind] : ANY_KIND;
}
const ANY_KIND = objectOf({ kind: KIND });

/** What a backend must be. */
export const STATE_BACKEND: Field = {
  type: (place, value) => ofKind(value).type(place, value),
  unknown: (place, value) =>
    ofKind(value) === ANY_KIND ? [] : (ofKind(value).unknown?.(place, value) ?? []),
  rule: (place, value) => ofKind(value).rule?.(place, value) ?? [],
};

/**
 * Declares the backend on the stack.
 *
 * @throws InvalidAppError if the backend is of no kind that there is: the state would be a file of Terraform's own
 */
export function useStateBackend(stack: TerraformStack, backend: StateBackend): void {
  checkFields(stack, backend, STATE_BACKEND);
  declareStateBackend(stack, backend);
}

/** The same for a backend that is checked already. */
export function declareStateBackend(stack: TerraformStack, backend: StateBackend): void {
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

function checkFolder(place: string, folder: string): string[] {
  return folder.split('/').every((segment) => /^[\w.-]*\w[\w.-]*$/.test(segment))
    ? []
    : [`${place}: must be a separate folder next to cdk.out, such as 'state'; got '${folder}'`];
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
