import type { VaultClient } from './ask';

/** A token with which a person reads or repairs one AWS auth method. */
export interface Operator extends VaultClient {
  /** Where the auth method is mounted, without `auth/`. */
  readonly mountPath: string;
}
