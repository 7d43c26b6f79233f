import type { IResolvable } from 'cdktf';
import { type Field, lateFlag, objectOf, optional } from '../../checks';
import { type Seconds, seconds, wholeSeconds } from '../seconds';

/**
 * How Vault removes entries that are no longer needed from a list of the mount.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-identity-access-list-tidy-operation
 */
export interface TidyProps {
  /** How long past its expiry an entry is kept; whole seconds. @default 72 hours */
  readonly safetyBuffer?: Seconds;

  /** Keeps Vault from clearing the list by itself. @default false */
  readonly disablePeriodicTidy?: boolean | IResolvable;
}

/** What it must be. */
export const TIDY: Field = objectOf({
  safetyBuffer: optional(wholeSeconds),
  disablePeriodicTidy: optional(lateFlag),
} satisfies Record<keyof TidyProps, Field>);

/** As the provider takes it. */
export function tidyFields({ safetyBuffer, disablePeriodicTidy = false }: TidyProps) {
  return { safetyBuffer: safetyBuffer ? seconds(safetyBuffer) : 259_200, disablePeriodicTidy };
}
