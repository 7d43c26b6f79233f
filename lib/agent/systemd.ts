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

/** What the unit of an agent is called, without `.service`; also its user and its group. */
export function unitName({ autoAuth }: AgentConfig): string {
  return `vault-agent-${autoAuth.method.role.replace(/[^\w.-]/g, '-')}`;
}

/**
 * A systemd unit around an agent; it says where the configuration is, and holds nothing of it but paths.
 *
 * @throws where the agent would write to a path that is not absolute, or a path can't stand in a unit
 */
export function renderSystemdUnit(config: AgentConfig, options: SystemdOptions = {}): string {
  const { method } = config.autoAuth;
  const name = unitName(config);
  const { configFile = `/etc/vault-agent/${method.role}.hcl`, user, vaultPath = '/usr/bin/vault' } = options;
  const exits = config.attributes?.exit_after_auth === true;
  return [
    `# /etc/systemd/system/${name}.service, around the configuration in`,
    `# ${configFile}${hasSecrets(config) ? ', which holds secrets: mode 0600, of root.' : ', which holds no secret.'}`,
    '',
    '[Unit]',
    `Description=Vault Agent ${name}`,
    'Documentation=https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent',
    'Wants=network-online.target',
    'After=network-online.target',
    '# Tried for ever: by default five failures end it for good.',
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
    '# Reads the log level and the certificates of listeners anew; all else needs a restart.',
    'ExecReload=/bin/kill -HUP $MAINPID',
    ...restart(config),
    '# One that hangs over new credentials heeds no signal but the last.',
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
          '# Root reads it for the unit, whose user can not.',
          `LoadCredential=agent.hcl:${word(configFile)}`,
          run('-config=${CREDENTIALS_DIRECTORY}/agent.hcl'),
        ]
      : [run(`-config=${word(configFile)}`)]),
  ];
}

function restart({ autoAuth: { method } }: AgentConfig): string[] {
  const why = method.exitOnErr
    ? '# By exit_on_err a failed login or renewal ends the agent, and this is its back-off.'
    : '# The agent tries again by itself; it ends where it finds no AWS credentials at its start.';
  const nonce =
    method.type === 'ec2' && method.nonce === undefined
      ? [
          '# The nonce is lost with the process: started again, this instance is refused until its access list entry',
          '# is deleted (npx vault-aws-auth clear-instance).',
        ]
      : [];
  return [why, ...nonce, 'Restart=on-failure', `RestartSec=${method.exitOnErr ? 30 : 5}`];
}

/** Folders under /run and /var/lib are made by systemd for the unit's user; others have to be there. */
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
          // With a dynamic user it would be out of everybody else's reach: in /run/private.
          ...(dynamicUser
            ? []
            : ['# The token stays over a restart; a stop removes it.', 'RuntimeDirectoryPreserve=restart']),
        ]
      : []),
    ...(state.length > 0 ? [`StateDirectory=${state.map(word).join(' ')}`, 'StateDirectoryMode=0750'] : []),
    ...(others.length > 0
      ? [
          "# Have to be there, and the unit's user to be allowed to write to them.",
          `ReadWritePaths=${others.map(word).join(' ')}`,
        ]
      : []),
  ];
}

/** A word as it is: spaces, quotes, dollar signs and the like mean something to systemd, and not the same in each line. */
function word(text: string): string {
  if (!/^[\w@%+=,./-]+$/.test(text)) {
    throw new Error(
      `'${text}' can't stand in a systemd unit: take letters, digits and @ % + = , . _ / - only.`,
    );
  }
  // It fills in what follows a per cent sign.
  return text.replaceAll('%', '%%');
}
