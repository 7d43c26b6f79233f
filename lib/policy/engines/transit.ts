import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for the use of a key in a transit engine; none of them reads, makes or changes a key. The key's name
 * may be a pattern. The hash algorithm of a signature or an HMAC belongs in the request's body: as a part of
 * the path it needs a separate rule.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/transit
 *
 * @example
 * combineRules(transit.encrypt('transit', 'app'), transit.decrypt('transit', 'app'))
 */
export const transit = {
  /**
   * `POST MOUNT/encrypt/KEY` with a key that exists. Vault would create an unknown key, which needs `create`.
   */
  encrypt: (mount: string, key: string): PolicyRule[] => [use(mount, 'encrypt', key)],

  /** `POST MOUNT/decrypt/KEY`. */
  decrypt: (mount: string, key: string): PolicyRule[] => [use(mount, 'decrypt', key)],

  /** `POST MOUNT/rewrap/KEY`: a ciphertext under the newest version of the key; the plaintext is not shown. */
  rewrap: (mount: string, key: string): PolicyRule[] => [use(mount, 'rewrap', key)],

  /** `POST MOUNT/datakey/plaintext/KEY`: a new key, in clear and encrypted by KEY. */
  dataKey: (mount: string, key: string): PolicyRule[] => [use(mount, 'datakey/plaintext', key)],

  /** `POST MOUNT/sign/KEY`. */
  sign: (mount: string, key: string): PolicyRule[] => [use(mount, 'sign', key)],

  /** `POST MOUNT/verify/KEY`: a signature or an HMAC. */
  verify: (mount: string, key: string): PolicyRule[] => [use(mount, 'verify', key)],

  /** `POST MOUNT/hmac/KEY`. */
  hmac: (mount: string, key: string): PolicyRule[] => [use(mount, 'hmac', key)],
};

function use(mount: string, operation: string, key: string): PolicyRule {
  return { path: enginePath(mount, operation, key), capabilities: ['update'] };
}
