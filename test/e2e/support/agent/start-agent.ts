import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type ResultPromise } from 'execa';
import { type AgentConfig, renderAgentHcl } from '../../../../lib/agent';
import type { TestSandbox } from '../test-sandbox';

export interface AgentProps {
  /** The configuration, or its text in HCL. @param folder of the agent alone; its files belong there */
  readonly config: (folder: string) => AgentConfig | string;

  /** Variables of the agent, beside PATH and HOME. @default none; nothing of this process's own in any case */
  readonly env?: Readonly<Record<string, string>>;

  /** Of the command line, beside the configuration. @default none */
  readonly args?: readonly string[];
}

export interface LogWait {
  /** How often the pattern has to be there. @default 1 */
  readonly times?: number;
  /** @default 30_000 */
  readonly timeoutMs?: number;
}

type Subprocess = ResultPromise<{
  all: true;
  buffer: false;
  reject: false;
  extendEnv: false;
  forceKillAfterDelay: false;
}>;

/** Starts the real Vault Agent of the sandbox's Vault. To be stopped by {@link Agent.stop}. */
export function startAgent({ record }: Pick<TestSandbox, 'record'>, props: AgentProps): Agent {
  return new Agent(record.parts.vault.path, props);
}

/** A process of `vault agent` in a folder and an environment of its own. */
export class Agent {
  /** Home of the agent, with its configuration. */
  readonly folder = mkdtempSync(join(tmpdir(), 'e2e-agent-'));

  /** Ends when the agent ends; with the exit code, or undefined where a signal ended it. */
  readonly exited: Promise<number | undefined>;

  /** All that the agent wrote. It may hold secrets: not for the message of an assertion. */
  log = '';

  private readonly process: Subprocess;
  private running = true;
  private readonly secrets: readonly string[];

  constructor(vault: string, { config, env = {}, args = [] }: AgentProps) {
    const given = config(this.folder);
    const text = typeof given === 'string' ? given : renderAgentHcl(given);
    const file = join(this.folder, 'agent.hcl');
    writeFileSync(file, text, { mode: 0o600 });
    this.secrets = [...secretsOf(env), ...quotedSecrets(text)];
    this.process = execa(vault, ['agent', `-config=${file}`, ...args], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        // Or the node that the tests run on could lend its role.
        AWS_EC2_METADATA_DISABLED: 'true',
        ...env,
      },
      extendEnv: false,
      all: true,
      buffer: false,
      reject: false,
      // Whether it ends when it is asked to is for a test to see.
      forceKillAfterDelay: false,
    });
    this.process.all.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    this.exited = this.process.then(({ exitCode }) => {
      this.running = false;
      return exitCode;
    });
  }

  /**
   * Waits until the log holds this text.
   *
   * @returns the match, the last one where it is to be there several times
   * @throws where the agent ends before, or the time is over; with the last lines of the log, without secrets
   */
  async waitForLog(pattern: RegExp, { times = 1, timeoutMs }: LogWait = {}): Promise<RegExpMatchArray> {
    return this.waitFor(
      `${times} x ${String(pattern)} in the log`,
      timeoutMs,
      () => this.matches(pattern)[times - 1],
    );
  }

  /** How often the log holds this text by now. */
  count(pattern: RegExp): number {
    return this.matches(pattern).length;
  }

  /**
   * Waits until there is a token in a sink.
   *
   * @param sink path of the file, in the agent's folder unless it is absolute
   * @param other than this one, which was there before
   * @throws as {@link waitForLog}
   */
  async waitForToken(sink = 'token', other = '', timeoutMs?: number): Promise<string> {
    const path = isAbsolute(sink) ? sink : join(this.folder, sink);
    return this.waitFor(`${other && 'new '}token in ${sink}`, timeoutMs, () => {
      const token = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return token !== other && token !== '' ? token : undefined;
    });
  }

  /** Asks it to end, as `systemctl stop` does. */
  terminate(): void {
    this.process.kill('SIGTERM');
  }

  /** Ends it as Go ends on SIGQUIT: with what each goroutine waits for in its log. */
  async dumpGoroutines(): Promise<string> {
    const before = this.log.length;
    this.process.kill('SIGQUIT');
    await this.exited;
    return this.log.slice(before);
  }

  /** Ends it, by force after three seconds, and removes its folder. */
  async stop(): Promise<void> {
    this.terminate();
    const ended = new AbortController();
    const byForce = sleep(3_000, undefined, { signal: ended.signal }).then(
      () => this.process.kill('SIGKILL'),
      () => undefined,
    );
    await this.exited;
    ended.abort();
    await byForce;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private matches(pattern: RegExp): RegExpMatchArray[] {
    return [...this.log.matchAll(new RegExp(pattern.source, 'gm'))];
  }

  private async waitFor<T>(what: string, timeoutMs = 30_000, look: () => T | undefined): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const { running } = this;
      const found = look();
      if (found !== undefined) {
        return found;
      }
      if (!running || Date.now() > deadline) {
        throw new Error(
          `no ${what} ${running ? `within ${timeoutMs} ms` : 'before the agent ended'}. ` +
            `Its last lines:\n${this.lastLines()}`,
        );
      }
      await sleep(50);
    }
  }

  private lastLines(): string {
    const lines = this.log.trimEnd().split('\n').slice(-20).join('\n');
    return this.secrets
      .reduce((text, secret) => text.replaceAll(secret, '(secret)'), lines)
      .replace(/\bhv[sbr]\.[\w-]+/g, '(token)');
  }
}

function secretsOf(env: Readonly<Record<string, string>>): string[] {
  return ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].flatMap((name) => env[name] || []);
}

function quotedSecrets(config: string): string[] {
  return [...config.matchAll(/^\s*(?:secret_key|session_token|nonce)\s*=\s*"([^"]+)"/gm)].map(
    ([, secret]) => secret!,
  );
}
