import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentConfig, AwsMethod } from '../../lib/agent';
import { renderSystemdUnit, type SystemdOptions, unitName } from '../../lib/agent/systemd';
import { fullConfig } from './full-config';

const agent = (method: Partial<AwsMethod> = {}, rest: Partial<AgentConfig> = {}): AgentConfig => ({
  vault: { address: 'https://vault.example.com:8200' },
  autoAuth: {
    method: { mountPath: 'auth/aws', type: 'iam', role: 'dev_role', ...method },
    sinks: [{ path: '/run/vault-agent/token', mode: 0o640 }],
  },
  ...rest,
});

/** The lines of a unit that set this. */
const lines = (pattern: RegExp, config: AgentConfig, options?: SystemdOptions) =>
  renderSystemdUnit(config, options)
    .split('\n')
    .filter((line) => pattern.test(line));

test('the unit of an agent', () => {
  expect(renderSystemdUnit(agent())).toMatchInlineSnapshot(`
   "# /etc/systemd/system/vault-agent-dev_role.service, for the configuration in
   # /etc/vault-agent/dev_role.hcl, which holds no secret.

   [Unit]
   Description=Vault Agent vault-agent-dev_role
   Documentation=https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent
   Wants=network-online.target
   After=network-online.target
   # systemd tries without limit: by default it gives up after five failures.
   StartLimitIntervalSec=0

   [Service]
   Type=notify
   # Who may read the token: root, and units that have these two lines as well.
   DynamicUser=yes
   User=vault-agent-dev_role
   ExecStart=/usr/bin/vault agent -disable-gated-logs -config=/etc/vault-agent/dev_role.hcl
   # Reads the log level and the certificates of listeners again; everything else needs a restart.
   ExecReload=/bin/kill -HUP $MAINPID
   # The agent tries again by itself; it ends if it finds no AWS credentials at its start.
   Restart=on-failure
   RestartSec=5
   # An agent that hangs over new credentials reacts only to the last signal.
   TimeoutStopSec=10
   RuntimeDirectory=vault-agent
   RuntimeDirectoryMode=0750
   UMask=0077
   LimitCORE=0

   # HashiCorp's packages give the binary this capability: without it in the set the kernel does not start it.
   CapabilityBoundingSet=CAP_IPC_LOCK
   NoNewPrivileges=yes
   ProtectSystem=strict
   ProtectHome=yes
   PrivateTmp=yes
   PrivateDevices=yes
   ProtectClock=yes
   ProtectControlGroups=yes
   ProtectHostname=yes
   ProtectKernelLogs=yes
   ProtectKernelModules=yes
   ProtectKernelTunables=yes
   ProtectProc=invisible
   RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
   RestrictNamespaces=yes
   RestrictRealtime=yes
   RestrictSUIDSGID=yes
   LockPersonality=yes
   MemoryDenyWriteExecute=yes
   SystemCallArchitectures=native
   SystemCallFilter=@system-service

   [Install]
   WantedBy=multi-user.target
   "
  `);
});

describe('credentials:', () => {
  test('a configuration without a secret is read where it is', () => {
    expect(lines(/^(LoadCredential|ExecStart)=/, agent())).toEqual([
      'ExecStart=/usr/bin/vault agent -disable-gated-logs -config=/etc/vault-agent/dev_role.hcl',
    ]);
  });

  test.each<Partial<AwsMethod>>([
    { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'only-in-the-configuration' },
    { type: 'ec2', nonce: 'only-in-the-configuration' },
  ])('one with a secret is root’s, and no secret is in the unit', (method) => {
    const config = agent(method);

    expect(lines(/^(LoadCredential|ExecStart)=/, config)).toEqual([
      'LoadCredential=agent.hcl:/etc/vault-agent/dev_role.hcl',
      'ExecStart=/usr/bin/vault agent -disable-gated-logs -config=${CREDENTIALS_DIRECTORY}/agent.hcl',
    ]);
    expect(renderSystemdUnit(config)).toContain('mode 0600, owned by root');
    expect(renderSystemdUnit(config)).not.toMatch(/only-in-the-configuration|AKIA/);
  });

  test('Vault’s address comes from a file where the configuration has none', () => {
    expect(lines(/^EnvironmentFile=/, agent({}, { vault: undefined }))).toEqual([
      'EnvironmentFile=/etc/vault-agent/vault.env',
    ]);
  });
});

describe('where it writes:', () => {
  test('folders of /run and /var/lib are made for it, others have to be there', () => {
    const config = agent(
      {},
      {
        attributes: { pid_file: '/srv/app/agent.pid' },
        blocks: [
          { type: 'template', body: { contents: '', destination: '/var/lib/app/secrets/config' } },
          { type: 'template', body: { contents: '', destination: '/var/lib/app/secrets/other' } },
        ],
      },
    );

    expect(lines(/^(RuntimeDirectory|StateDirectory|ReadWritePaths)=/, config)).toEqual([
      'RuntimeDirectory=vault-agent',
      'StateDirectory=app/secrets',
      'ReadWritePaths=/srv/app',
    ]);
  });

  test('a path that is not absolute is refused', () => {
    expect(() => renderSystemdUnit(agent({}, { attributes: { pid_file: 'agent.pid' } }))).toThrow(
      "'agent.pid' is no absolute path: the program that starts the agent would decide where the file is.",
    );
  });

  test.each(['/etc/my agents/a.hcl', '/etc/$HOME.hcl', '/etc/a.hcl"', '/etc/a\n[Service]', '/etc/a;b'])(
    'a path to which systemd gives a meaning of its own is refused: %j',
    (configFile) => {
      expect(() => renderSystemdUnit(agent(), { configFile })).toThrow("can't be in a systemd unit");
    },
  );

  test('a per cent sign is no specifier', () => {
    expect(lines(/^ExecStart=/, agent(), { configFile: '/etc/100%/a.hcl' })).toEqual([
      'ExecStart=/usr/bin/vault agent -disable-gated-logs -config=/etc/100%%/a.hcl',
    ]);
  });
});

describe('its end:', () => {
  test('by exit_on_err systemd does the back-off', () => {
    expect(lines(/^(Restart|StartLimit)/, agent({ exitOnErr: true }))).toEqual([
      'StartLimitIntervalSec=0',
      'Restart=on-failure',
      'RestartSec=30',
    ]);
  });

  test('what a lost nonce does is said, where there is one to lose', () => {
    expect(renderSystemdUnit(agent({ type: 'ec2' }))).toContain('clear-instance');
    expect(renderSystemdUnit(agent({ type: 'ec2', nonce: 'n' }))).not.toContain('clear-instance');
    expect(renderSystemdUnit(agent())).not.toContain('clear-instance');
  });

  test('an agent that ends after its login leaves the token there', () => {
    expect(lines(/^(Type|RemainAfterExit)=/, agent({}, { attributes: { exit_after_auth: true } }))).toEqual([
      'Type=oneshot',
      'RemainAfterExit=yes',
    ]);
  });
});

describe('its user:', () => {
  test('is one of the machine’s where that is said, and keeps the token over a restart', () => {
    expect(lines(/^(DynamicUser|User|RuntimeDirectoryPreserve)=/, agent(), { user: 'app' })).toEqual([
      'User=app',
      'RuntimeDirectoryPreserve=restart',
    ]);
  });

  test('has a name that users can have, whatever the role’s', () => {
    const config = agent({ role: 'a.role-with-a-very-long-name-indeed' });

    expect(unitName(config)).toBe('vault-agent-a.role-with-a-very-long-name-indeed');
    expect(lines(/^User=/, config)).toEqual(['User=vault-agent-a-role-with-a-very-']);
  });
});

// Where systemd is, as on the machines of CI.
if (spawnSync('systemd-analyze', ['--version']).status === 0) {
  const folder = mkdtempSync(join(tmpdir(), 'unit-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['the least', agent(), {}],
    ['with a user of the machine', agent({ exitOnErr: true }), { user: 'root' }],
    ['of every field', fullConfig('/var/lib/app'), {}],
    ['once', agent({ type: 'ec2' }, { attributes: { exit_after_auth: true } }), {}],
  ])('systemd finds nothing wrong with the unit: %s', (_, config, options) => {
    const file = join(folder, `${unitName(config)}.service`);
    // The command has to be there.
    writeFileSync(file, renderSystemdUnit(config, { ...options, vaultPath: '/bin/true' }));

    const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });

    expect(status).toBe(0);
    // Units of the machine may have faults of their own.
    expect(stderr.split('\n').filter((line) => line.includes(unitName(config)))).toEqual([]);
  });
}
