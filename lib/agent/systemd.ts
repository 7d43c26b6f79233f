import type { AgentConfig } from './agent-config';
import { hasSecrets } from './secrets';
import { writtenFolders } from './written-folders';

export interface SystemdOptions {
  /** Where the configuration will be on that machine. @default '/etc/vault-agent/ROLE.hcl' */
  readonly configFile?: string;

  /** A user of the machine that the agent runs as. @default one that systemd makes for the unit */
  readonly user?: string;

  /** @default '/usr/bin/vault', where HashiCorp's packages put it */
  readonly vaultPath?: string;
}

/** The name of the unit of an agent, without `.service`; also of its user and its group. */
export function unitName({ autoAuth }: AgentConfig): string {
  return `vault-agent-${autoAuth.method.role.replace(/[^\w.-]/g, '-')}`;
}

/**
 * A systemd unit for an agent. It says where the configuration is, and holds only paths from it.
 *
 * @throws Error if the agent would write to a path that is not absolute, or if a path can't be in a unit
 */
export function renderSystemdUnit(config: AgentConfig, options: SystemdOptions = {}): string {
  const { method } = config.autoAuth;
  const name = unitName(config);
  const { configFile = `/etc/vault-agent/${method.role}.hcl`, user, vaultPath = '/usr/bin/vault' } = options;
  const exits = config.attributes?.exit_after_auth === true;
  return [
    `# /etc/systemd/system/${name}.service, for the configuration in`,
    `# ${configFile}${hasSecrets(config) ? ', which holds secrets: mode 0600, owned by root.' : ', which holds no secret.'}`,
    '',
    '[Unit]',
    `Description=Vault Agent ${name}`,
    'Documentation=https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent',
    'Wants=network-online.target',
    'After=network-online.target',
    '# systemd tries without limit: by default it gives up after five failures.',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    // The agent says ready when it runs, whether it has logged in or not.
    exits ? 'Type=oneshot' : 'Type=notify',
    ...(exits ? ['# The token stays until the unit is stopped.', 'RemainAfterExit=yes'] : []),
    ...(user === undefined
      ? [
          `# Who may read the token: root, and units that have these two lines as well.`,
          'DynamicUser=yes',
          // At most as long as a user's name can be.
          `User=${name.replaceAll('.', '-').slice(0, 31)}`,
        ]
      : [`User=${word(user)}`]),
    ...command(config, configFile, vaultPath),
    '# Reads the log level and the certificates of listeners again; everything else needs a restart.',
    'ExecReload=/bin/kill -HUP $MAINPID',
    ...restart(config),
    '# An agent that hangs over new credentials reacts only to the last signal.',
    'TimeoutStopSec=10',
    ...folders(config, user === undefined),
    'UMask=0077',
    'LimitCORE=0',
    '',
    "# HashiCorp's packages give the binary this capability: without it in the set the kernel does not start it.",
    'CapabilityBoundingSet=CAP_IPC_LOCK',
    ...HARDENING,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

const HARDENING = [
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  'PrivateTmp=yes',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectProc=invisible',
  'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'MemoryDenyWriteExecute=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
];

function command(config: AgentConfig, configFile: string, vaultPath: string): string[] {
  // An agent that can't start would keep back the lines of its log that say why.
  const run = (file: string) => `ExecStart=${word(vaultPath)} agent -disable-gated-logs ${file}`;
  return [
    ...(config.vault === undefined
      ? ['# VAULT_ADDR, which the configuration does not have.', 'EnvironmentFile=/etc/vault-agent/vault.env']
      : []),
    ...(hasSecrets(config)
      ? [
          "# Root reads it for the unit, because the unit's user can't.",
          `LoadCredential=agent.hcl:${word(configFile)}`,
          run('-config=${CREDENTIALS_DIRECTORY}/agent.hcl'),
        ]
      : [run(`-config=${word(configFile)}`)]),
  ];
}

function restart({ autoAuth: { method } }: AgentConfig): string[] {
  const why = method.exitOnErr
    ? '# With exit_on_err a failed login or renewal ends the agent, and this is the wait before the next start.'
    : '# The agent tries again by itself; it ends if it finds no AWS credentials at its start.';
  const nonce =
    method.type === 'ec2' && method.nonce === undefined
      ? [
          '# The nonce is lost with the process: after a restart Vault refuses this instance until its access list entry',
          '# is deleted (npx vault-aws-auth clear-instance).',
        ]
      : [];
  return [why, ...nonce, 'Restart=on-failure', `RestartSec=${method.exitOnErr ? 30 : 5}`];
}

/** Folders under /run and /var/lib are made by systemd for the unit's user; others must exist. */
function folders(config: AgentConfig, dynamicUser: boolean): string[] {
  const all = writtenFolders(config);
  const below = (root: string) => all.filter((folder) => folder.startsWith(`${root}/`));
  const runtime = below('/run').map((folder) => folder.slice('/run/'.length));
  const state = below('/var/lib').map((folder) => folder.slice('/var/lib/'.length));
  const others = all.filter((folder) => !/^\/(?:run|var\/lib)\//.test(folder));
  return [
    ...(runtime.length > 0
      ? [
          `RuntimeDirectory=${runtime.map(word).join(' ')}`,
          'RuntimeDirectoryMode=0750',
          // With a dynamic user nobody else could reach it: it would be in /run/private.
          ...(dynamicUser
            ? []
            : ['# The token stays over a restart; a stop removes it.', 'RuntimeDirectoryPreserve=restart']),
        ]
      : []),
    ...(state.length > 0 ? [`StateDirectory=${state.map(word).join(' ')}`, 'StateDirectoryMode=0750'] : []),
    ...(others.length > 0
      ? [
          "# They must exist, and the unit's user must be allowed to write to them.",
          `ReadWritePaths=${others.map(word).join(' ')}`,
        ]
      : []),
  ];
}

/**
 * A word as it is. Spaces, quotes, dollar signs and similar characters have a meaning to systemd, which
 * differs between lines.
 */
function word(text: string): string {
  if (!/^[\w@%+=,./-]+$/.test(text)) {
    throw new Error(`'${text}' can't be in a systemd unit: use only letters, digits and @ % + = , . _ / -.`);
  }
  // systemd fills in what follows a per cent sign.
  return text.replaceAll('%', '%%');
}
