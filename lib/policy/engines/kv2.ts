import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for secrets in a KV engine of version 2. Its API has separate paths for data, for metadata and for
 * each way to remove a version. The path is that of the secret, as `vault kv get` takes it, and may be a
 * pattern; join several with `combineRules`.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
 *
 * @example
 * combineRules(kv2.read('secret', 'app/*'), kv2.list('secret', 'app/*'))
 */
export const kv2 = {
  /** `GET MOUNT/data/PATH` of any version, and `GET MOUNT/metadata/PATH`: the versions and custom metadata. */
  read: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, 'data', path), capabilities: ['read'] },
    { path: enginePath(mount, 'metadata', path), capabilities: ['read'] },
  ],

  /** `LIST MOUNT/metadata/PATH`: the names below a folder, no values. `*` lists from the mount's root down. */
  list: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, 'metadata', path), capabilities: ['list'] },
  ],

  /**
   * `POST` and `PATCH MOUNT/data/PATH`: a first version, a further one, and a changed part. It reads nothing,
   * so `vault kv patch -method=rw` needs {@link kv2.read} too, and it leaves the metadata's settings alone,
   * because a lowered `max_versions` removes versions for good.
   */
  write: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, 'data', path), capabilities: ['create', 'update', 'patch'] },
  ],

  /** `DELETE MOUNT/data/PATH`, the latest version, and `POST MOUNT/delete/PATH`, any: both can be undone. */
  delete: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, 'data', path), capabilities: ['delete'] },
    { path: enginePath(mount, 'delete', path), capabilities: ['update'] },
  ],

  /** `POST MOUNT/undelete/PATH`: restores deleted versions, also those that another identity deleted. */
  undelete: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, 'undelete', path), capabilities: ['update'] },
  ],

  /**
   * `POST MOUNT/destroy/PATH` and `DELETE MOUNT/metadata/PATH`: removes versions, or the whole secret,
   * permanently.
   */
  destroy: (mount: string, path: string): PolicyRule[] => [
    { path: enginePath(mount, 'destroy', path), capabilities: ['update'] },
    { path: enginePath(mount, 'metadata', path), capabilities: ['delete'] },
  ],
};
