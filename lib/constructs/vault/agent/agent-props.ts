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
  /** Where the token is written; none if only templates or the proxy use it. */
  readonly sinks: readonly AgentSink[];

  /** How the agent reaches Vault. @default VAULT_ADDR and similar variables where the agent runs */
  readonly vault?: AgentVault;

  /** Namespace of the auth mount. Vault Enterprise. @default that of the vault block, or VAULT_NAMESPACE */
  readonly namespace?: string;

  /** Wraps the token's response. Exactly one sink then, and no template and no proxy. @default not wrapped */
  readonly wrapTtl?: Duration;

  /** Time between the first attempts. @default 1 second */
  readonly minBackoff?: Duration;

  /** Longest time between attempts. @default 5 minutes */
  readonly maxBackoff?: Duration;

  /** Ends the agent when a login or renewal fails, so that its supervisor starts it again. @default false */
  readonly exitOnErr?: boolean;

  /** Top-level arguments by the agent's names, such as `pid_file`. @default none */
  readonly attributes?: AgentConfig['attributes'];

  /** Listener, cache, templates, exec: by the agent's names, unchanged. @default none */
  readonly blocks?: AgentConfig['blocks'];
}

/** An agent that logs in as an IAM principal. Prefer the chain of AWS credentials to static ones. */
export interface IamAgentProps extends AgentProps {
  readonly role: IamAuthRole | InferredAuthRole;

  /** The server ID header that the login carries, signed. @default the mount's */
  readonly headerValue?: string;

  /**
   * The region that the login is signed for; if it is empty, the agent detects it.
   * @default the region of Vault's STS; detected if Vault follows the client
   */
  readonly region?: string;

  /** Time between checks for new AWS credentials; 1 second or more. @default 60 seconds */
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

/** An agent that logs in as an EC2 instance, by its document. */
export interface Ec2AgentProps extends AgentProps {
  readonly role: Ec2AuthRole;

  /**
   * The nonce that a later login of the same instance must send, so that the agent can be started again. Secret; it
   * is in no output.
   *
   * @default a UUID of the process, lost with it
   */
  readonly nonce?: string;
}
