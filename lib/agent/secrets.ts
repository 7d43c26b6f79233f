import type { AgentConfig } from './agent-config';

/** Whether a configuration holds secrets. */
export function hasSecrets({ autoAuth: { method } }: AgentConfig): boolean {
  return [method.accessKey, method.secretKey, method.sessionToken, method.nonce].some(Boolean);
}
