import { readAgent } from '../agent/agent-record';
import type { SandboxFolder } from '../sandbox-folder';
import { whatRuns } from '../running';
import { isRunning } from '../servers/server-process';

/** What `status` says. It has no secret. */
export interface SandboxStatus {
  readonly started: boolean;
  readonly vault?: { readonly running: boolean; readonly address: string; readonly pid: number };
  readonly moto?: { readonly running: boolean; readonly endpoint: string; readonly pid: number };
  /** Only if an agent was started. */
  readonly agent?: { readonly running: boolean; readonly tokenFile: string; readonly pid: number };
  readonly folder: string;
}

export async function status(folder: SandboxFolder): Promise<SandboxStatus> {
  const record = folder.read();
  if (!record) {
    return { started: false, folder: folder.path };
  }
  const running = await whatRuns(record);
  const agent = readAgent(folder);
  return {
    started: true,
    vault: { running: running.vault, address: record.vault.address, pid: record.vault.process.pid },
    moto: { running: running.moto, endpoint: record.aws.endpoint, pid: record.aws.process.pid },
    ...(agent && {
      agent: { running: await isRunning(agent.agent), tokenFile: agent.tokenFile, pid: agent.agent.pid },
    }),
    folder: folder.path,
  };
}

export function renderStatus({ started, vault, moto, agent, folder }: SandboxStatus): string {
  if (!started || !vault || !moto) {
    return 'No sandbox runs here. `npm run sandbox` starts one.';
  }
  const line = (name: string, { running, pid }: { running: boolean; pid: number }, where: string) =>
    running ? `${name}  running, process ${pid}, at ${where}` : `${name}  gone: process ${pid} has ended`;
  return [
    line('Vault', vault, vault.address),
    line('moto ', moto, moto.endpoint),
    ...(agent ? [line('agent', agent, agent.tokenFile)] : []),
    `files  ${folder}`,
  ].join('\n');
}
