import type {
  AgentConfig,
  AgentVault,
  AutoAuth,
  AwsMethod,
  PlainBlock,
  PlainBody,
  Sink,
} from './agent-config';

/** A body whose arguments may be left out. */
type Optional = { readonly [name: string]: PlainBody[string] | undefined };

/** The blocks of a configuration in the agent's own names, for HCL and JSON alike; what is not set is left out. */
export function agentBlocks({ vault, autoAuth, blocks = [] }: AgentConfig): PlainBlock[] {
  return [
    ...(vault ? [{ type: 'vault', body: vaultBody(vault) }] : []),
    { type: 'auto_auth', body: autoAuthBody(autoAuth) },
    ...blocks,
  ];
}

function vaultBody(vault: AgentVault): PlainBody {
  return given({
    address: vault.address,
    namespace: vault.namespace,
    ca_cert: vault.caCert,
    tls_server_name: vault.tlsServerName,
    client_cert: vault.clientCert,
    client_key: vault.clientKey,
    retry: vault.numRetries === undefined ? undefined : { num_retries: vault.numRetries },
  });
}

function autoAuthBody({ method, sinks, enableReauthOnNewCredentials }: AutoAuth): PlainBody {
  return given({
    enable_reauth_on_new_credentials: enableReauthOnNewCredentials,
    method: methodBody(method),
    sink: sinks.length === 0 ? undefined : sinks.map(sinkBody),
  });
}

function methodBody(method: AwsMethod): PlainBody {
  return given({
    type: 'aws',
    mount_path: method.mountPath,
    namespace: method.namespace,
    wrap_ttl: duration(method.wrapTtl),
    min_backoff: duration(method.minBackoff),
    max_backoff: duration(method.maxBackoff),
    exit_on_err: method.exitOnErr,
    config: given({
      type: method.type,
      role: method.role,
      credential_poll_interval: method.credentialPollInterval,
      access_key: method.accessKey,
      secret_key: method.secretKey,
      session_token: method.sessionToken,
      header_value: method.headerValue,
      region: method.region,
      nonce: method.nonce,
    }),
  });
}

function sinkBody(sink: Sink): PlainBody {
  return given({
    type: 'file',
    wrap_ttl: duration(sink.wrapTtl),
    dh_type: sink.dhType,
    dh_path: sink.dhPath,
    aad: sink.aad,
    derive_key: sink.deriveKey,
    config: given({ path: sink.path, mode: sink.mode }),
  });
}

/** With its unit: the agent reads a bare number as seconds, but a reader may not know that. */
function duration(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${seconds}s`;
}

function given(body: Optional): PlainBody {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as PlainBody;
}
