import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/** A process that outlives the command that started it. A later one with the same number is not taken for it. */
export interface ServerProcess {
  readonly pid: number;
  /** When the process started, in the system's format. */
  readonly started: string;
}

export interface StartOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether this process's environment is under {@link env}. @default true */
  readonly extendEnv?: boolean;
  /** File for standard error; standard output is dropped, because Vault's dev mode prints its token there. */
  readonly logFile: string;
}

/** Starts a server that goes on when this process ends. @throws Error if the command can't be run */
export async function startServer(options: StartOptions): Promise<ServerProcess> {
  const child = spawn(options.command, options.args, {
    detached: true,
    env: { ...(options.extendEnv === false ? {} : process.env), ...options.env },
    stdio: ['ignore', 'ignore', openSync(options.logFile, 'a', 0o600)],
  });
  await once(child, 'spawn');
  child.unref();
  return processOf(child.pid!);
}

/** The process that now has this number. */
export async function processOf(pid: number): Promise<ServerProcess> {
  return { pid, started: (await startTime(pid)) ?? '' };
}

/** Whether this very process still runs. */
export async function isRunning(server: ServerProcess): Promise<boolean> {
  return (await startTime(server.pid)) === server.started;
}

/**
 * Ends this very process. Does nothing if it is gone already.
 *
 * @param graceMs how long it may take to end by itself, in milliseconds, before it is killed
 */
export async function stopServer(server: ServerProcess, graceMs = 5_000): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isRunning(server))) {
      return;
    }
    process.kill(server.pid, signal);
    for (let waited = 0; waited < graceMs && (await isRunning(server)); waited += 50) {
      await sleep(50);
    }
  }
}

/**
 * Waits until a server answers.
 *
 * @param url answers with any status once the server is ready
 * @throws Error if the process ends, or does not answer within 30 seconds
 */
export async function untilReady(
  name: string,
  url: string,
  server: ServerProcess,
  logFile: string,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) {
      return;
    }
    if (!(await isRunning(server))) {
      throw new Error(`${name} ended while it started. Its last lines:\n${lastLines(logFile)}`);
    }
    if (Date.now() > deadline) {
      await stopServer(server);
      throw new Error(`${name} does not answer at ${url} after 30 s. Its last lines:\n${lastLines(logFile)}`);
    }
    await sleep(50);
  }
}

function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
}

/** When a process started, or nothing if there is none, or only a zombie. */
async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field, the command's name, may have spaces and parentheses.
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' ? undefined : fields[18];
    } catch {
      return undefined;
    }
  }
  const { stdout, failed } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], { reject: false });
  return failed ? undefined : stdout.trim();
}
