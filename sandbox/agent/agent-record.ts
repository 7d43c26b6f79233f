import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxFolder } from '../sandbox-folder';
import { isRunning, processOf, type ServerProcess, stopServer } from '../servers/server-process';

/** A Vault Agent of the sandbox. The record has no secret. */
export interface AgentRecord {
  readonly agent: ServerProcess;
  /** The command that shows it, and ends it. */
  readonly shownBy: ServerProcess;
  /** Where the agent writes its token. */
  readonly tokenFile: string;
}

/** The agent's files, in the sandbox's folder. */
export function agentFiles({ path, logs }: Pick<SandboxFolder, 'path' | 'logs'>) {
  const folder = join(path, 'agent');
  return {
    folder,
    config: join(folder, 'agent.hcl'),
    token: join(folder, 'token'),
    record: join(folder, 'agent.json'),
    log: join(logs, 'agent.log'),
  };
}

/** The agent that was started for this sandbox, or nothing. */
export function readAgent(folder: SandboxFolder): AgentRecord | undefined {
  try {
    return JSON.parse(readFileSync(agentFiles(folder).record, 'utf8')) as AgentRecord;
  } catch {
    return undefined;
  }
}

/** Records that this process shows the agent, so that `status` and `down` know about it. */
export async function recordAgent(folder: SandboxFolder, agent: ServerProcess): Promise<AgentRecord> {
  const { record, token } = agentFiles(folder);
  const written = { agent, shownBy: await processOf(process.pid), tokenFile: token };
  writeFileSync(record, JSON.stringify(written, null, 2), { mode: 0o600 });
  return written;
}

/** Creates the agent's folder, for its owner only, and a new log. */
export function createAgentFiles(folder: SandboxFolder): void {
  const files = agentFiles(folder);
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  writeFileSync(files.log, '', { mode: 0o600 });
}

/**
 * Stops the agent that was started for this sandbox, if there is one, and removes its files.
 *
 * The token lives on in Vault. If the sandbox is kept, the caller must revoke it.
 */
export async function stopAgent(folder: SandboxFolder): Promise<void> {
  const record = readAgent(folder);
  if (record) {
    // First, so that the command that shows it does not report an agent that ended by itself.
    rmSync(agentFiles(folder).record, { force: true });
    await stopServer(record.agent);
  }
  rmSync(agentFiles(folder).folder, { recursive: true, force: true });
}

/** @throws Error if another command shows an agent of this sandbox */
export async function refuseSecondAgent(folder: SandboxFolder): Promise<void> {
  const record = readAgent(folder);
  if (record && (await isRunning(record.shownBy))) {
    throw new Error(
      `An agent of this sandbox runs already, process ${record.agent.pid}, and process ${record.shownBy.pid} shows it. End that one first, with Ctrl-C.`,
    );
  }
}
