import type { RoleBinds } from '../../access';
import { type Operator, read } from '../../vault-api';

/** A role as Vault has it; the names are those of its API. */
export interface LiveRole extends RoleBinds {
  readonly auth_type: 'iam' | 'ec2';
  /** It changes when the role is deleted and written anew. */
  readonly role_id: string;
  readonly inferred_entity_type: string;
  readonly token_type: string;
  readonly token_policies: readonly string[];
  readonly token_no_default_policy: boolean;
  /** Seconds; 0 is the mount's. */
  readonly token_ttl: number;
  readonly token_max_ttl: number;
  readonly token_period: number;
  readonly token_bound_cidrs: readonly string[];
}

/** @returns undefined where the mount has no such role */
export function liveRole(
  operator: Operator,
  role: string,
  signal?: AbortSignal,
): Promise<LiveRole | undefined> {
  return read<LiveRole>(
    operator,
    `auth/${operator.mountPath}/role/${encodeURIComponent(role.toLowerCase())}`,
    signal,
  );
}
