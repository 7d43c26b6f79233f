import type { Duration } from 'aws-cdk-lib/core';
import { type Field, flag, objectOf, optional } from '../../checks';
import { seconds, wholeSeconds } from '../seconds';

/**
 * How Vault removes entries that are no longer needed from a list of the mount.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-identity-access-list-tidy-operation
 */
export interface TidyProps {
  /** How long past its expiry an entry is kept; whole seconds. @default 72 hours */
  readonly safetyBuffer?: Duration;

  /** Keeps Vault from clearing the list by itself. @default false */
  readonly disablePeriodicTidy?: boolean;
}

/** What it must be. */
export const TIDY: Field = objectOf({
  safetyBuffer: optional(wholeSeconds),
  disablePeriodicTidy: optional(flag),
} satisfies Record<keyof TidyProps, Field>);

/** As the provider takes it. */
export function tidyFields({ safetyBuffer, disablePeriodicTidy = false }: TidyProps) {
  return { safetyBuffer: safetyBuffer ? seconds(safetyBuffer) : 259_200, disablePeriodicTidy };
}
