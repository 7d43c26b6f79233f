import type { AgentConfig } from '../../lib/agent';

/** Every field of an iam agent, but for wrapping by the method, which excludes a second sink. */
export function fullConfig(folder: string, address = 'https://vault.example.com:8200'): AgentConfig {
  return {
    attributes: { pid_file: `${folder}/agent.pid`, disable_keep_alives: ['auto-auth'] },
    vault: { address, namespace: 'team', tlsServerName: 'vault.example.com', numRetries: -1 },
    autoAuth: {
      enableReauthOnNewCredentials: true,
      method: {
        mountPath: 'auth/aws_test',
        namespace: 'team',
        minBackoff: 2,
        maxBackoff: 60,
        exitOnErr: true,
        type: 'iam',
        role: 'dev_role',
        credentialPollInterval: 30,
        accessKey: 'ASIAIOSFODNN7EXAMPLE',
        secretKey: 'a "quoted" ${secret}',
        sessionToken: 'session',
        headerValue: 'vault.example.com',
        region: 'eu-central-1',
      },
      sinks: [
        { path: `${folder}/token`, mode: 0o600 },
        { path: `${folder}/wrapped`, wrapTtl: 300 },
        {
          path: `${folder}/encrypted`,
          dhType: 'curve25519',
          dhPath: `${folder}/public-key.json`,
          aad: 'TESTAAD',
          deriveKey: true,
        },
      ],
    },
    blocks: [
      { type: 'listener', label: 'tcp', body: { address: '127.0.0.1:0', tls_disable: true } },
      { type: 'cache', body: {} },
      {
        type: 'template',
        body: {
          contents: '{{ with secret "secret/data/app" }}\n{{ .Data.data.key }}{{ end }}\n',
          destination: `${folder}/rendered`,
          perms: '0600',
          wait: { min: '1s', max: '2s' },
        },
      },
    ],
  };
}
