import type { Duration } from 'aws-cdk-lib/core';

/**
 * What is wrong with the TTLs of a role; empty where all is well.
 *
 * Source: `pathRoleCreateUpdate` in `builtin/credential/aws/path_role.go` of Vault.
 */
export function checkTokenTtl(ttl?: Duration, maxTtl?: Duration): string[] {
  if (ttl === undefined || maxTtl === undefined) {
    return [];
  }
  const [seconds, maxSeconds] = [ttl.toSeconds(), maxTtl.toSeconds()];
  return maxSeconds === 0 || seconds <= maxSeconds
    ? []
    : [`tokenTtl: must not be longer than tokenMaxTtl; got ${seconds} s over ${maxSeconds} s`];
}
