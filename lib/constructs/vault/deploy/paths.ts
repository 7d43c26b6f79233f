import type { Capability } from '../../../policy';

/** What Terraform asks of Vault on one path, to plan and to apply. */
export interface PathNeeds {
  readonly path: string;
  /** To read what is there: at each plan. */
  readonly plan?: readonly Capability[];
  /** To make, change and delete it, in addition to those of a plan. */
  readonly apply: readonly Capability[];
}

/** The value of a field, as it is in a path: `+` if it is known only at apply. */
export type FieldOf = (name: string) => string;

const WRITE: readonly Capability[] = ['create', 'update', 'delete'];
const READ: readonly Capability[] = ['read'];

const at = (path: string, apply: readonly Capability[] = WRITE): PathNeeds => ({ path, plan: READ, apply });
const onMount = (field: FieldOf, rest: string, apply?: readonly Capability[]): PathNeeds =>
  at(`auth/${field('backend')}/${rest}`, apply);

/**
 * The paths of each resource of the provider hashicorp/vault, as its code asks for them.
 *
 * Source: `vault/resource_*.go` of terraform-provider-vault 4.4.0, `api/sys_auth.go` and `api/sys_mounts.go` of
 * Vault; if a test says so, they were compared with the audit log of a real Vault.
 */
export const PATHS: Readonly<Record<string, (field: FieldOf) => readonly PathNeeds[]>> = {
  vault_auth_backend: (field) => [
    // Mounting and unmounting need sudo on the path.
    { path: `sys/auth/${field('path')}`, apply: ['update', 'delete', 'sudo'] },
    { path: `sys/mounts/auth/${field('path')}`, plan: READ, apply: [] },
    { path: `sys/mounts/auth/${field('path')}/tune`, apply: ['update'] },
  ],
  vault_policy: (field) => [at(`sys/policies/acl/${field('name')}`, ['update', 'delete'])],
  vault_aws_auth_backend_client: (field) => [onMount(field, 'config/client')],
  // Written whole each time, and never deleted.
  vault_aws_auth_backend_config_identity: (field) => [onMount(field, 'config/identity', ['update'])],
  vault_aws_auth_backend_identity_whitelist: (field) => [onMount(field, 'config/tidy/identity-whitelist')],
  vault_aws_auth_backend_roletag_blacklist: (field) => [onMount(field, 'config/tidy/roletag-blacklist')],
  vault_aws_auth_backend_cert: (field) => [
    onMount(field, `config/certificate/${field('cert_name')}`, ['create', 'delete']),
  ],
  vault_aws_auth_backend_sts_role: (field) => [onMount(field, `config/sts/${field('account_id')}`)],
  vault_aws_auth_backend_role: (field) => [onMount(field, `role/${field('role')}`)],
  // Nothing reads or deletes it.
  vault_aws_auth_backend_role_tag: (field) => [
    { path: `auth/${field('backend')}/role/${field('role')}/tag`, apply: ['update'] },
  ],
  'data.vault_auth_backend': (field) => [{ path: `sys/mounts/auth/${field('path')}`, plan: READ, apply: [] }],
  'data.vault_generic_secret': (field) => [{ path: field('path'), plan: READ, apply: [] }],
  vault_identity_entity: () => identity('entity'),
  vault_identity_entity_alias: () => identity('entity-alias'),
  vault_identity_group: () => identity('group'),
  vault_generic_endpoint: (field) => [
    {
      path: field('path'),
      plan: field('disable_read') === 'true' ? undefined : READ,
      apply: [
        ...(NEVER_CREATED.test(field('path')) ? [] : (['create'] as const)),
        'update',
        ...(field('disable_delete') === 'true' ? [] : (['delete'] as const)),
      ],
    },
  ],
};

/** Each write of these is an update to Vault, the first too. */
const NEVER_CREATED = /^identity\/entity-alias$|\/config\/rotate-root$/;

/** The ID of a resource, if it is a path that others refer to. */
export const IDS: Readonly<Record<string, (field: FieldOf) => string>> = {
  vault_aws_auth_backend_client: (field) => `auth/${field('backend')}/config/client`,
};

/** By name when it is made, and by its ID after that. */
function identity(kind: string): PathNeeds[] {
  return [{ path: `identity/${kind}`, apply: ['update'] }, at(`identity/${kind}/id/+`, ['update', 'delete'])];
}
