import type { PolicyRule } from '../rule';
import { enginePath } from './engine-path';

/**
 * Rules for AWS credentials by a role of an AWS secrets engine. The role may be a pattern. Vault gives the same
 * on both paths for every type of role, so each helper allows only the path that it names.
 *
 * Source: https://developer.hashicorp.com/vault/api-docs/secret/aws
 *
 * @example
 * aws.sts('aws', 'deploy')
 */
export const aws = {
  /** `GET MOUNT/creds/ROLE`, or `POST` with the role's ARN or a TTL in the body. */
  creds: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'creds', role), capabilities: ['read', 'update'] },
  ],

  /** `GET MOUNT/sts/ROLE`, or `POST` with the role's ARN or a TTL in the body. */
  sts: (mount: string, role: string): PolicyRule[] => [
    { path: enginePath(mount, 'sts', role), capabilities: ['read', 'update'] },
  ],
};
