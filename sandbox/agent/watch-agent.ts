import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, VaultError } from '../../lib/vault-api';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';
import { sandboxVault } from '../sandbox-vault';
import { isRunning } from '../servers/server-process';
import { agentFiles, type AgentRecord, readAgent } from './agent-record';

/** What can be seen of an agent. TTLs are in seconds, and there is no token in it. */
export type AgentEvent =
  | { readonly event: 'login'; readonly ttl: number; readonly accessor: string }
  | { readonly event: 'renewal'; readonly ttl: number; readonly renewals: number }
  | { readonly event: 'ttl'; readonly ttl: number; readonly of: number; readonly renewals: number }
  | { readonly event: 'waiting'; readonly why: string }
  | { readonly event: 'log'; readonly line: string }
  | { readonly event: 'ended'; readonly stoppedByDown: boolean };

/** What Vault says about a token. */
interface Lookup {
  /** The token. */
  readonly id: string;
  /** Empty for a batch token. */
  readonly accessor: string;
  readonly ttl: number;
  readonly last_renewal?: string;
}

/**
 * Looks each second at the agent, its log, and its token as Vault knows it, until the agent has ended or the signal
 * aborts.
 */
export async function* watchAgent(
  folder: SandboxFolder,
  record: SandboxRecord,
  agent: AgentRecord,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent> {
  const newLines = followLog(agentFiles(folder).log);
  let known: (Lookup & { renewals: number; of: number }) | undefined;
  while (!signal.aborted) {
    const running = await isRunning(agent.agent);
    for (const line of newLines()) {
      yield { event: 'log', line };
    }
    if (!running) {
      yield { event: 'ended', stoppedByDown: readAgent(folder) === undefined };
      return;
    }
    const found = await lookUp(record, agent.tokenFile);
    if (typeof found === 'string') {
      yield { event: 'waiting', why: found };
    } else if (found.id !== known?.id) {
      known = { ...found, renewals: 0, of: found.ttl };
      yield { event: 'login', ttl: found.ttl, accessor: found.accessor };
    } else if (found.last_renewal !== known.last_renewal) {
      known = { ...found, renewals: known.renewals + 1, of: found.ttl };
      yield { event: 'renewal', ttl: found.ttl, renewals: known.renewals };
    } else {
      yield { event: 'ttl', ttl: found.ttl, of: known.of, renewals: known.renewals };
    }
    await sleep(1_000, undefined, { signal }).catch(() => {});
  }
}

/** @returns what Vault says about the token in the file, or why it says nothing */
async function lookUp(record: SandboxRecord, tokenFile: string): Promise<Lookup | string> {
  const token = readToken(tokenFile);
  if (!token) {
    return 'the agent has written no token yet';
  }
  try {
    // As root, because the agent's policies may forbid it, and the token's number of uses may be limited.
    return (
      await ask<{ data: Lookup }>(sandboxVault(record), 'POST', 'auth/token/lookup', { body: { token } })
    ).data;
  } catch (error) {
    return error instanceof VaultError && error.status < 500
      ? 'Vault does not know the token any more: it has ended, or was revoked'
      : (error as Error).message;
  }
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Gives the warnings and errors that the agent has logged since the last call, without their time. */
function followLog(file: string): () => string[] {
  let read = 0;
  return () => {
    let text;
    try {
      text = readFileSync(file).subarray(read).toString();
    } catch {
      return [];
    }
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    read += Buffer.byteLength(whole);
    return whole
      .split('\n')
      .map((line) => line.replace(/^\S+ /, ''))
      .filter((line) => /^\[(WARN|ERROR)\]/.test(line));
  };
}
