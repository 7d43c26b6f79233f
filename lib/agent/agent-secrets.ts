import type { AgentConfig } from './agent-config';

/**
 * The configuration with the secrets of the environment: for iam AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
 * and, for temporary credentials, AWS_SESSION_TOKEN; for ec2 the nonce, VAULT_AGENT_NONCE.
 *
 * @throws Error if one is not set
 */
export function withSecretsOf(env: NodeJS.ProcessEnv, config: AgentConfig): AgentConfig {
  const { autoAuth } = config;
  const take = (name: string): string => {
    const value = env[name];
    if (!value) {
      throw new Error(`${name} is not set: secrets are read from the environment only.`);
    }
    return value;
  };
  const secrets =
    autoAuth.method.type === 'ec2'
      ? { nonce: take('VAULT_AGENT_NONCE') }
      : {
          accessKey: take('AWS_ACCESS_KEY_ID'),
          secretKey: take('AWS_SECRET_ACCESS_KEY'),
          sessionToken: env.AWS_SESSION_TOKEN || undefined,
        };
  return { ...config, autoAuth: { ...autoAuth, method: { ...autoAuth.method, ...secrets } } };
}
