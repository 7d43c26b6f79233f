import type { Duration } from 'aws-cdk-lib/core';
import type { AgentConfig, AgentVault, Sink } from '../../../agent';
import type { Ec2AuthRole } from '../role/ec2-auth-role';
import type { IamAuthRole } from '../role/iam-auth-role';
import type { InferredAuthRole } from '../role/inferred-auth-role';

/** A file that the token is written to. */
export interface AgentSink extends Omit<Sink, 'wrapTtl'> {
  /** Wraps the token for this file. @default not wrapped */
  readonly wrapTtl?: Duration;
}

/** What every agent has; durations are whole seconds. */
export interface AgentProps {
  /** Where the token is written; none where templates or the proxy alone use it. */
  readonly sinks: readonly AgentSink[];

  /** How the agent reaches Vault. @default VAULT_ADDR and its like where the agent runs */
  readonly vault?: AgentVault;

  /** Namespace of the auth mount. Vault Enterprise. @default that of the vault block, or VAULT_NAMESPACE */
  readonly namespace?: string;

  /** Wraps the token's response. Exactly one sink then, and no template and no proxy. @default not wrapped */
  readonly wrapTtl?: Duration;

  /** Between the first attempts. @default 1 second */
  readonly minBackoff?: Duration;

  /** Between attempts at most. @default 5 minutes */
  readonly maxBackoff?: Duration;

  /** Ends the agent at a failed login or renewal, for its supervisor to start it again. @default false */
  readonly exitOnErr?: boolean;

  /** Arguments at the top, in the agent's names, such as `pid_file`. @default none */
  readonly attributes?: AgentConfig['attributes'];

  /** Listener, cache, templates, exec: in the agent's names, as they are. @default none */
  readonly blocks?: AgentConfig['blocks'];
}

/** An agent that signs in as an IAM principal. Its credentials are best those of the chain. */
export interface IamAgentProps extends AgentProps {
  readonly role: IamAuthRole | InferredAuthRole;

  /** What the login carries, signed; the mount's. @default the mount's */
  readonly headerValue?: string;

  /**
   * The region that the login is signed for; empty has the agent detect it.
   * @default the one that Vault's STS takes; detected where Vault follows the client
   */
  readonly region?: string;

  /** Between looks for new AWS credentials; 1 second or more. @default 60 seconds */
  readonly credentialPollInterval?: Duration;

  /** New AWS credentials make the agent log in at once, and not only when its token ends. @default false */
  readonly enableReauthOnNewCredentials?: boolean;

  /** Static credentials, with {@link secretKey}; they are in no output. @default the chain of AWS credentials */
  readonly accessKey?: string;

  /** Secret. */
  readonly secretKey?: string;

  /** Secret; of temporary credentials. */
  readonly sessionToken?: string;
}

/** An agent that signs in as an EC2 instance, by its document. */
export interface Ec2AgentProps extends AgentProps {
  readonly role: Ec2AuthRole;

  /**
   * What a later login of the same instance must know, so that the agent can be started again. Secret; it is in no
   * output.
   *
   * @default a UUID of the process, lost with it
   */
  readonly nonce?: string;
}
