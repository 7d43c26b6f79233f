import type { VaultClient } from './ask';

/** A token with which a person reads or repairs one AWS auth method. */
export interface MethodClient extends VaultClient {
  /** Where the auth method is mounted, without `auth/`. */
  readonly mountPath: string;
}
