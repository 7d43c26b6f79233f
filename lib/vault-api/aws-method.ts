import { list, read } from './ask';
import type { MethodClient } from './method-client';

/**
 * A role of the method as Vault has it; the names are those of its API.
 *
 * Source: `pathRole` in `path_role.go` of Vault's builtin/credential/aws (1.21.1).
 */
export interface LiveRole {
  readonly auth_type: 'iam' | 'ec2';
  /** It changes when the role is deleted and written again. */
  readonly role_id: string;
  /** Empty if the role infers nothing. */
  readonly inferred_entity_type: string;
  readonly bound_iam_principal_arn: readonly string[];
  /** The unique IDs that Vault resolved when the role was written. */
  readonly bound_iam_principal_id: readonly string[];
  readonly resolve_aws_unique_ids: boolean;
  readonly token_policies: readonly string[];
  readonly token_no_default_policy: boolean;
  readonly token_type: 'default' | 'default-service' | 'default-batch' | 'service' | 'batch';
  /** In seconds, as all TTLs here; 0 is the mount's. */
  readonly token_ttl: number;
  readonly token_max_ttl: number;
  readonly token_explicit_max_ttl: number;
  readonly token_period: number;
  /** 0 is without limit. */
  readonly token_num_uses: number;
  readonly token_bound_cidrs: readonly string[];
  readonly alias_metadata?: Readonly<Record<string, string>> | null;
}

/** `config/client`, without the secret, which Vault never gives back. */
export interface LiveClient {
  readonly access_key: string;
  readonly endpoint: string;
  readonly iam_endpoint: string;
  readonly sts_endpoint: string;
  readonly sts_region: string;
  readonly use_sts_region_from_client?: boolean;
  readonly iam_server_id_header_value: string;
  readonly max_retries: number;
  readonly allowed_sts_header_values?: readonly string[] | null;
  readonly role_arn?: string;
}

/** `config/identity`. */
export interface LiveIdentity {
  readonly iam_alias?: string;
  readonly ec2_alias?: string;
  readonly iam_metadata?: readonly string[];
  readonly ec2_metadata?: readonly string[];
}

/** An auth method as `sys/auth` has it. */
export interface LiveMount {
  readonly type: string;
  readonly accessor: string;
  readonly description?: string;
  readonly local?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** The tuning of a mount. TTLs are in seconds. */
export interface LiveTune {
  readonly default_lease_ttl: number;
  readonly max_lease_ttl: number;
  readonly token_type?: string;
}

/** Every auth method by its path, which ends in a slash. */
export async function readMounts(
  methodClient: MethodClient,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, LiveMount>>> {
  return (await read<Record<string, LiveMount>>(methodClient, 'sys/auth', signal)) ?? {};
}

/** @returns undefined if nothing is mounted there */
export function readMount(methodClient: MethodClient): Promise<LiveMount | undefined> {
  return read(methodClient, `sys/auth/${methodClient.mountPath}`);
}

export function readTune(methodClient: MethodClient): Promise<LiveTune | undefined> {
  return read(methodClient, `sys/auth/${methodClient.mountPath}/tune`);
}

/** @returns undefined if nothing was configured */
export function readClient(
  methodClient: MethodClient,
  signal?: AbortSignal,
): Promise<LiveClient | undefined> {
  return read(methodClient, `auth/${methodClient.mountPath}/config/client`, signal);
}

export async function readIdentity(methodClient: MethodClient, signal?: AbortSignal): Promise<LiveIdentity> {
  return (
    (await read<LiveIdentity>(methodClient, `auth/${methodClient.mountPath}/config/identity`, signal)) ?? {}
  );
}

export function listRoles(methodClient: MethodClient, signal?: AbortSignal): Promise<string[]> {
  return list(methodClient, `auth/${methodClient.mountPath}/role`, signal);
}

/** The API path of a role. Vault keeps the names of roles in lower case. */
export function rolePath({ mountPath }: Pick<MethodClient, 'mountPath'>, role: string): string {
  return `auth/${mountPath}/role/${encodeURIComponent(role.toLowerCase())}`;
}

/** @returns undefined if the mount has no such role */
export function readRole(
  methodClient: MethodClient,
  role: string,
  signal?: AbortSignal,
): Promise<LiveRole | undefined> {
  return read(methodClient, rolePath(methodClient, role), signal);
}

/** The accounts that the mount has a role for, which Vault assumes there. */
export function listStsAccounts(methodClient: MethodClient, signal?: AbortSignal): Promise<string[]> {
  return list(methodClient, `auth/${methodClient.mountPath}/config/sts`, signal);
}

/** Whether the mount has a role for an account, which Vault assumes there. */
export async function hasStsRole(methodClient: MethodClient, accountId: string): Promise<boolean> {
  return (await read(methodClient, `auth/${methodClient.mountPath}/config/sts/${accountId}`)) !== undefined;
}

export function listCertificates(methodClient: MethodClient, signal?: AbortSignal): Promise<string[]> {
  return list(methodClient, `auth/${methodClient.mountPath}/config/certificates`, signal);
}

/** The text of a policy; undefined if there is no such policy. */
export async function fetchPolicy(
  methodClient: MethodClient,
  name: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return (await read<{ policy: string }>(methodClient, `sys/policies/acl/${name}`, signal))?.policy;
}
