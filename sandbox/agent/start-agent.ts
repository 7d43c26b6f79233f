import { writeFileSync } from 'node:fs';
import { type AgentConfig, renderAgentHcl } from '../../lib/agent';
import { declaredLogin, testUserCredentials } from '../../lib/operate/declared';
import type { Settings } from '../../lib/constructs/stacks';
import { STACK } from '../cdktf';
import { sandboxEnvironment } from '../environment';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';
import { sandboxSettings } from '../sandbox-settings';
import { startServer } from '../servers/server-process';
import { agentFiles, type AgentRecord, createAgentFiles, recordAgent } from './agent-record';
import { copyRole, SHORT_LIVED_ROLE } from './short-lived-role';

export interface AgentOptions {
  readonly settings: Settings;
  readonly folder: SandboxFolder;
  readonly record: SandboxRecord;
  /** Seconds that a token lives between renewals; 0 means as long as the role says. */
  readonly ttl: number;
}

export interface StartedAgent extends AgentRecord {
  readonly role: string;
}

/**
 * Starts a Vault Agent that logs in to the sandbox's Vault as the stack's test user. The user's key is only
 * in its environment, which is another source of the chain of AWS credentials than the configuration.
 *
 * @throws Error if the stack is not deployed
 */
export async function startAgent({ settings, folder, record, ttl }: AgentOptions): Promise<StartedAgent> {
  const { vaultAddress, mountPath, role, serverIdHeader } = declaredLogin(sandboxSettings(settings, record));
  const env = sandboxEnvironment(folder, record);
  const testUser = await testUserCredentials(STACK, folder.cdkOut, { env });
  if (ttl > 0) {
    await copyRole(record, { mountPath, role, ttl });
  }
  const config: AgentConfig = {
    vault: { address: vaultAddress },
    autoAuth: {
      method: {
        type: 'iam',
        mountPath: `auth/${mountPath}`,
        role: ttl > 0 ? SHORT_LIVED_ROLE : role,
        headerValue: serverIdHeader,
      },
      sinks: [{ path: agentFiles(folder).token, mode: 0o600 }],
    },
  };
  createAgentFiles(folder);
  const files = agentFiles(folder);
  writeFileSync(files.config, renderAgentHcl(config), { mode: 0o600 });
  const agent = await startServer({
    command: record.parts.vault.path,
    args: ['agent', `-config=${files.config}`],
    env: {
      ...env,
      VAULT_TOKEN: '',
      AWS_ACCESS_KEY_ID: testUser.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testUser.secretAccessKey,
    },
    extendEnv: false,
    logFile: files.log,
  });
  return { ...(await recordAgent(folder, agent)), role };
}
