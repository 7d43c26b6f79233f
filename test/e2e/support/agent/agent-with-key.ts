import type { AgentConfig, AwsMethod, PlainBlock, Sink } from '../../../../lib/agent';
import type { AccessKey } from '../../../../sandbox/servers';

export interface AgentWithKeyProps {
  readonly vaultAddress: string;
  readonly key: AccessKey;
  /** Whatever else the method says. */
  readonly method: Pick<AwsMethod, 'mountPath' | 'role'> & Partial<AwsMethod>;
  readonly sinks?: readonly Sink[];
  readonly blocks?: readonly PlainBlock[];
}

/** An agent that logs in by type iam with a static access key. */
export function agentWithKey({
  vaultAddress,
  key,
  method,
  sinks = [],
  blocks,
}: AgentWithKeyProps): AgentConfig {
  return {
    vault: { address: vaultAddress },
    autoAuth: {
      method: { type: 'iam', accessKey: key.accessKeyId, secretKey: key.secretAccessKey, ...method },
      sinks,
    },
    ...(blocks && { blocks }),
  };
}
