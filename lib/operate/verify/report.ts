import type { Capability } from '../../policy';
import type { Diagnosis } from './diagnose';

/** A path of the declared policies, and what the token may do there. */
export interface PathReport {
  readonly path: string;

  /** What all declared policies together give, in a fixed order. */
  readonly declared: readonly Capability[];

  /** What Vault says; `root` is its word for everything. Absent if it could not be asked. */
  readonly actual?: readonly string[];

  /** Whether the two are the same. Absent if there is nothing to compare. */
  readonly agrees?: boolean;

  /** Why there is nothing to compare on this path alone. */
  readonly note?: string;
}

/** What a login gave, and what it should have given. It holds neither a token nor a key. */
export interface VerifyReport {
  /** The login succeeded, Vault could be asked, and nothing that it answered differs from what is declared. */
  readonly ok: boolean;

  /** ARN of the caller. Absent if neither Vault nor STS said it. */
  readonly caller?: string;
  readonly role: string;
  readonly mountPath: string;

  /** Policies of the role. */
  readonly tokenPolicies: readonly string[];

  /** Policies of the identity groups and the entity. */
  readonly identityPolicies: readonly string[];

  /** What was left of the token's life when it was looked at, in seconds. */
  readonly ttlSeconds?: number;
  readonly paths: readonly PathReport[];

  /** What could not be checked and why, one sentence each. */
  readonly notChecked: readonly string[];

  /** What differs from what is declared, one sentence each. */
  readonly disagreements: readonly string[];

  /** Why the token is still alive, although this check is over. Absent if it was revoked, or there was none. */
  readonly notRevoked?: string;

  /** Why the check ended before it was done. */
  readonly failure?: Diagnosis;
}
