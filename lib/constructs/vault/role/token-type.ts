import type { MountTuneProps } from '../mount/mount-tune';
import type { TokenProps } from './token-props';

export type MountTokenType = NonNullable<MountTuneProps['tokenType']>;

/**
 * The type of token that a login gets: mount and role decide together. A mount with `default-…` leaves it to the role,
 * and any other mount decides for all its roles.
 *
 * Source: `routeCommon` in `vault/router.go` of Vault (1.21.1); each pair was tried.
 */
export function tokenTypeOf(ofMount: MountTokenType, ofRole: TokenProps['tokenType']): 'service' | 'batch' {
  if (ofMount === 'service' || ofMount === 'batch') {
    return ofMount;
  }
  const byDefault = ofMount === 'default-batch' ? 'batch' : 'service';
  return ofRole === undefined || ofRole === 'default' ? byDefault : ofRole;
}
