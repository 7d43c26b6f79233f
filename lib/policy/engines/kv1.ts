import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for secrets in a KV engine of version 1. The path is that of the secret and may be a pattern; join
 * several with `combineRules`.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v1
 *
 * @example
 * combineRules(kv1.read('kv', 'app/*'), kv1.list('kv', 'app/*'))
 */
export const kv1 = {
  /** `GET MOUNT/PATH`. */
  read: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, path), capabilities: ['read'] },
  ],

  /** `LIST MOUNT/PATH`: the names below a folder, no values. `*` lists from the mount's root down. */
  list: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, path), capabilities: ['list'] },
  ],

  /**
   * `POST MOUNT/PATH`: writes a new secret, or replaces an existing one completely. Version 1 keeps no older
   * versions.
   */
  write: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, path), capabilities: ['create', 'update'] },
  ],

  /** `DELETE MOUNT/PATH`: removes the secret permanently. */
  delete: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, path), capabilities: ['delete'] },
  ],
};
