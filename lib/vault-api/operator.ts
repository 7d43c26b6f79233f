import type { VaultClient } from './ask';

/** A token that works on one AWS auth method: who reads or repairs it. */
export interface Operator extends VaultClient {
  /** Where the auth method is mounted, without `auth/`. */
  readonly mountPath: string;
}
