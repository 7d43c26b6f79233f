import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for the credentials of a database engine; none of them reads or changes a role or a connection. The
 * role may be a pattern.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/databases
 *
 * @example
 * database.creds('database', 'app-readonly')
 */
export const database = {
  /** `GET MOUNT/creds/ROLE`: a new user of the database, gone with its lease. */
  creds: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'creds', role), capabilities: ['read'] },
  ],

  /** `GET MOUNT/static-creds/ROLE`: the current password of a user that the database already has. */
  staticCreds: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'static-creds', role), capabilities: ['read'] },
  ],
};
