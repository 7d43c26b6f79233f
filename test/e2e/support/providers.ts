import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { stackFiles } from './stack-files';

type Environment = Readonly<Record<string, string | undefined>>;

/** A provider that listens for Terraform, and prints where. */
type Provider = ChildProcessByStdio<null, Readable, Readable>;

/**
 * The providers of a stack, started for one command of Terraform, which would start each of them up to four times.
 * For one command only: they have its environment, and two commands at once on the same ones plan wrongly.
 *
 * Source: https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-in-debug-mode
 */
export class Providers {
  /** @returns nothing if Terraform has to start them itself: before its init, and if one has two configurations */
  static async startFor(stackFolder: string, env: Environment): Promise<Providers | undefined> {
    const programs = programsIn(join(stackFolder, '.terraform/providers'));
    if (programs.length === 0 || hasAlias(stackFolder)) {
      return undefined;
    }
    const sockets = mkdtempSync(join(tmpdir(), 'tf-'));
    const running = programs.map((program) =>
      spawn(program, ['-debug'], { env: { ...env, TMPDIR: sockets }, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    const providers = new Providers(sockets, running);
    try {
      const addresses = await Promise.all(running.map(addressOf));
      providers.env.TF_REATTACH_PROVIDERS = JSON.stringify(Object.assign({}, ...addresses));
      return providers;
    } catch (error) {
      await providers.stop();
      throw error;
    }
  }

  /** What the command gets on top of its environment. */
  readonly env: Record<string, string> = {};

  private constructor(
    private readonly sockets: string,
    private readonly running: readonly Provider[],
  ) {}

  async stop(): Promise<void> {
    await Promise.all(this.running.map(end));
    rmSync(this.sockets, { recursive: true });
  }
}

async function end(provider: Provider): Promise<void> {
  if (provider.exitCode !== null || provider.signalCode !== null) {
    return;
  }
  const ended = once(provider, 'exit');
  provider.kill('SIGINT');
  const byForce = setTimeout(() => provider.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(byForce);
}

/** The providers that init chose, which it linked into `.terraform/providers/HOST/NAMESPACE/TYPE/VERSION/PLATFORM`. */
function programsIn(folder: string): string[] {
  let found = [folder];
  for (let depth = 0; depth < 6; depth++) {
    found = found.flatMap((path) => entries(path).map((name) => join(path, name)));
  }
  return found.filter((path) => /\/terraform-provider-[^/]+$/.test(path));
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** One provider that is started can have one configuration only: the last one would hold for all. */
function hasAlias(stackFolder: string): boolean {
  const types = stackFiles(stackFolder).flatMap(({ provider = {} }) =>
    Object.entries(provider).flatMap(([type, one]) => (Array.isArray(one) ? one.map(() => type) : type)),
  );
  return new Set(types).size < types.length;
}

/** Waits until it prints where it listens. @throws what it printed instead */
function addressOf(provider: Provider): Promise<object> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const [, value] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(printed) ?? [];
      if (value !== undefined) {
        // Without the registry: OpenTofu looks under the name of its own.
        resolve(JSON.parse(value.replace(/"[^"/]+\/(?=[^"/]+\/[^"/]+":)/, '"')) as object);
      }
    };
    // To the end: a provider that can't print stops.
    provider.stdout.on('data', read);
    provider.stderr.on('data', read);
    provider.once('error', reject);
    provider.once('close', () => reject(new Error(`${provider.spawnargs[0]} did not start:\n${printed}`)));
  });
}
