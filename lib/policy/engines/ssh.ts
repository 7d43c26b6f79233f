import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for certificates by a role of an SSH engine. The role may be a pattern.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/ssh
 *
 * @example
 * ssh.sign('ssh-client-signer', 'admin')
 */
export const ssh = {
  /** `POST MOUNT/sign/ROLE`: a certificate for a public key. */
  sign: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'sign', role), capabilities: ['update'] },
  ],
};
