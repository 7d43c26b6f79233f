import type { Duration } from 'aws-cdk-lib/core';
import { duration, fields, flag, optional, type TypeCheck } from '../../checks';
import { checkWholeSeconds, seconds } from '../seconds';

/**
 * How Vault clears a list of the mount of what is no longer needed.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/auth/aws#configure-identity-access-list-tidy-operation
 */
export interface TidyProps {
  /** How long past its expiry an entry is kept; whole seconds. @default 72 hours */
  readonly safetyBuffer?: Duration;

  /** Keeps Vault from clearing the list by itself. @default false */
  readonly disablePeriodicTidy?: boolean;
}

/** Of what type it is. */
export const TIDY: TypeCheck = fields({
  safetyBuffer: optional(duration),
  disablePeriodicTidy: optional(flag),
});

/** What is wrong with it; empty where all is well. */
export function checkTidy(place: string, { safetyBuffer }: TidyProps): string[] {
  return checkWholeSeconds({ [`${place}.safetyBuffer`]: safetyBuffer });
}

/** As the provider takes it. */
export function tidyFields({ safetyBuffer, disablePeriodicTidy = false }: TidyProps) {
  return { safetyBuffer: safetyBuffer ? seconds(safetyBuffer) : 259_200, disablePeriodicTidy };
}
