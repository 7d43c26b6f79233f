import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for certificates by a role of a PKI engine, from its default issuer. A named issuer has other paths.
 * The role may be a pattern. CA certificates and revocation lists need no rule, because they are public.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/pki
 *
 * @example
 * pki.issue('pki', 'web')
 */
export const pki = {
  /** `POST MOUNT/issue/ROLE`: a new key and its certificate. */
  issue: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'issue', role), capabilities: ['update'] },
  ],

  /** `POST MOUNT/sign/ROLE`: a certificate for a key that stays with its owner. Not `sign-verbatim`. */
  sign: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'sign', role), capabilities: ['update'] },
  ],
};
