import type { IResolvable } from 'cdktf';
import { type Field, lateFlag, objectOf, optional } from '../../checks';
import { type Seconds, seconds, wholeSeconds } from '../seconds';

/**
 * How Vault removes entries that are no longer needed from a list of the mount.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-identity-access-list-tidy-operation
 */
export interface TidyProps {
  /** How long past its expiry an entry is kept; whole seconds. @default Vault's own for the list */
  readonly safetyBuffer?: Seconds;

  /** Keeps Vault from clearing the list by itself. @default false */
  readonly disablePeriodicTidy?: boolean | IResolvable;
}

/** What it must be. */
export const TIDY: Field = objectOf({
  safetyBuffer: optional(wholeSeconds),
  disablePeriodicTidy: optional(lateFlag),
} satisfies Record<keyof TidyProps, Field>);

/**
 * How long Vault keeps an entry past its expiry, if nobody says it; seconds. The provider would write 72 hours for both lists,
 * and a revoked role tag that Vault clears too early works again.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-role-tag-deny-list-tidy-operation; tried.
 */
export const SAFETY_BUFFERS = { identityAccessList: 72 * 3600, roleTagDenyList: 180 * 24 * 3600 };

/** As the provider takes it. @param ofList seconds that Vault itself has for the list */
export function tidyFields({ safetyBuffer, disablePeriodicTidy = false }: TidyProps, ofList: number) {
  return { safetyBuffer: safetyBuffer ? seconds(safetyBuffer) : ofList, disablePeriodicTidy };
}
