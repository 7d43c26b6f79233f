/**
 * The configuration of one Vault Agent that logs in by the aws method. Plain: no cdktf, and durations are whole
 * seconds.
 *
 * Source: https://developer.hashicorp.com/vault/docs/agent-and-proxy/autoauth, and `command/agent/config/config.go`
 * of Vault (1.21.1).
 */
export interface AgentConfig {
  /** How the agent reaches Vault. @default VAULT_ADDR and similar variables of the agent's environment */
  readonly vault?: AgentVault;

  readonly autoAuth: AutoAuth;

  /** Arguments at the top, as the agent names them: `pid_file`, `log_level`, `exit_after_auth`. @default none */
  readonly attributes?: Readonly<Record<string, PlainValue>>;

  /**
   * Listener, cache, api_proxy, template, env_template, exec and the other blocks that the agent knows.
   * @default none
   */
  readonly blocks?: readonly PlainBlock[];
}

/** The agent's `vault` block. */
export interface AgentVault {
  /** As `https://vault.example.com:8200`. */
  readonly address: string;

  /** Path of a PEM file on the agent's machine. @default the machine's authorities */
  readonly caCert?: string;

  /** The name in Vault's certificate. @default the host of the address */
  readonly tlsServerName?: string;

  /** Path of a PEM file on the agent's machine, for a Vault that asks clients for a certificate. */
  readonly clientCert?: string;

  /** Path of the key of {@link clientCert} on the agent's machine. */
  readonly clientKey?: string;

  /** The namespace of templates and of the proxy; the login's is in the method. Vault Enterprise. @default the root's */
  readonly namespace?: string;

  /** How often templates and the proxy try a request again; -1 never. @default 12, the agent's */
  readonly numRetries?: number;
}

/** The agent's `auto_auth` block. */
export interface AutoAuth {
  readonly method: AwsMethod;

  /** Where the token is written; none if only templates or the proxy use it. */
  readonly sinks: readonly Sink[];

  /** New AWS credentials make the agent log in at once, and not only when its token ends. @default false */
  readonly enableReauthOnNewCredentials?: boolean;
}

/** The agent's `method` block, and its `config`. */
export interface AwsMethod {
  /** Path of the auth mount with `auth/` in front, which the agent does not add. */
  readonly mountPath: string;

  /** Namespace of the auth mount. Vault Enterprise. @default that of the vault block, or VAULT_NAMESPACE */
  readonly namespace?: string;

  /** Wraps the token's response; in seconds. It needs exactly one sink. @default not wrapped */
  readonly wrapTtl?: number;

  /** Seconds between the first attempts. @default 1 */
  readonly minBackoff?: number;

  /** Seconds between attempts at most. @default 300 */
  readonly maxBackoff?: number;

  /** Ends the agent at a failed login or renewal, and tries no more. @default false */
  readonly exitOnErr?: boolean;

  readonly type: AwsMethodType;

  /** Name of the role in Vault, in lower case. */
  readonly role: string;

  /** Seconds between looks for new AWS credentials; for iam. @default 60 */
  readonly credentialPollInterval?: number;

  /** Static credentials, for iam; with {@link secretKey}. @default the chain of AWS credentials */
  readonly accessKey?: string;

  /** Secret. */
  readonly secretKey?: string;

  /** Secret; of temporary credentials. */
  readonly sessionToken?: string;

  /** The mount's server ID, for iam. @default none is sent */
  readonly headerValue?: string;

  /** The region whose STS the login is signed for, for iam; empty detects it. @default 'us-east-1' */
  readonly region?: string;

  /** What a later login of the same instance must know, for ec2. Secret. @default a UUID of the process */
  readonly nonce?: string;
}

/** How an agent proves who it is. */
export type AwsMethodType = 'iam' | 'ec2';

/** A file that the token is written to. */
export interface Sink {
  readonly path: string;

  /** Permission bits, as `0o600`. @default 0o640, the agent's */
  readonly mode?: number;

  /** Wraps the token for this file; in seconds. @default not wrapped */
  readonly wrapTtl?: number;

  /** Encrypts the token, with a key agreed with the reader. @default not encrypted */
  readonly dhType?: 'curve25519';

  /** File of the reader's public key; with {@link dhType}. */
  readonly dhPath?: string;

  /** What is authenticated together with the token; with {@link dhType}. */
  readonly aad?: string;

  /** Derives a key from the shared one; with {@link dhType}. @default false */
  readonly deriveKey?: boolean;
}

/** A block that is passed to the agent unchanged, in the agent's own names. */
export interface PlainBlock {
  /** As `listener`, `template` or `exec`. */
  readonly type: string;

  /** As the `tcp` of a listener. @default none */
  readonly label?: string;

  readonly body: PlainBody;
}

/** An object in it is a block, and a list of objects one block each. */
export interface PlainBody {
  readonly [name: string]: PlainValue | PlainBody | readonly PlainBody[];
}

export type PlainValue = string | number | boolean | readonly (string | number | boolean)[];
