import type { AgentConfig } from './agent-config';
import type { AgentRole, AgentTarget } from './agent-target';

/** The region that a login must be signed for; undefined for the agent's own default, empty to have it detected. */
export function fittingRegion({ stsRegion, useStsRegionFromClient }: AgentTarget): string | undefined {
  return useStsRegionFromClient ? '' : stsRegion;
}

/** The smallest configuration that logs in with a role of a mount and the credentials of the machine. */
export function fittingAgent(
  target: AgentTarget,
  { name, authType }: AgentRole,
  rest: { readonly vault?: AgentConfig['vault']; readonly sinks: AgentConfig['autoAuth']['sinks'] },
): AgentConfig {
  const shared = { mountPath: `auth/${target.mountPath}`, namespace: target.namespace, role: name };
  return {
    vault: rest.vault,
    autoAuth: {
      method:
        authType === 'ec2'
          ? { ...shared, type: 'ec2' }
          : {
              ...shared,
              type: 'iam',
              headerValue: target.serverIdHeader,
              region: fittingRegion(target),
            },
      sinks: rest.sinks,
    },
  };
}

/**
 * The same without its secrets. The agent then uses the chain of AWS credentials, and makes a nonce itself.
 */
export function withoutStaticSecrets(config: AgentConfig): AgentConfig {
  const { autoAuth } = config;
  const secrets = { accessKey: undefined, secretKey: undefined, sessionToken: undefined, nonce: undefined };
  return { ...config, autoAuth: { ...autoAuth, method: { ...autoAuth.method, ...secrets } } };
}
