import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { findOnPath } from './find-on-path';
import { GO } from './go';
import { PYTHON } from './python';
import type { Context, PartEvent } from './part';
import { MIRROR_VARIABLE } from './release';

/** How to look for the parts. */
export interface PartsOptions {
  /** The cache's root. Default: `$XDG_CACHE_HOME/vault-aws-auth`, else `~/.cache/vault-aws-auth`. */
  cacheDir?: string;
  /**
   * Base URL of a server with the layout of releases.hashicorp.com, such as a company's artifact mirror.
   * Default: the environment's VAULT_AWS_AUTH_RELEASES_URL, else https://releases.hashicorp.com.
   */
  releasesUrl?: string;
  /** Called with what happens. No secret is in it. */
  onProgress?: (event: PartEvent) => void;
  /** Stops downloads and child processes. A download stays as a `.partial` file, to be resumed. */
  signal?: AbortSignal;
  /** The environment to look around in. Default: that of this process. */
  env?: NodeJS.ProcessEnv;
}

/** @throws Error if there are no parts for the machine's operating system or processor. */
export function createContext(options: PartsOptions): Context {
  const env = options.env ?? process.env;
  const releasesUrl = options.releasesUrl ?? (env[MIRROR_VARIABLE] || 'https://releases.hashicorp.com');
  return {
    cacheDir: resolve(options.cacheDir ?? defaultCacheDir(env)),
    releasesUrl: releasesUrl.replace(/\/+$/, ''),
    platform: platformOf(process.platform, process.arch),
    env,
    signal: options.signal,
    onProgress: options.onProgress ?? (() => {}),
    go: once(() => findOnPath([GO], env)),
    python: once(() => findOnPath([PYTHON], env)),
  };
}

/**
 * The cache's root in this environment, also on macOS.
 *
 * Source: https://specifications.freedesktop.org/basedir-spec/latest/ (a relative path is to be ignored)
 */
export function defaultCacheDir(env: NodeJS.ProcessEnv): string {
  const xdg = env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(xdg) ? xdg : join(env.HOME ?? homedir(), '.cache'), 'vault-aws-auth');
}

/** Node's names of the operating system and the processor, as Go's releases write them. */
export function platformOf(os: string, arch: string): string {
  const processor = { x64: 'amd64', arm64: 'arm64' }[arch];
  if ((os !== 'linux' && os !== 'darwin') || processor === undefined) {
    throw new Error(
      `The sandbox's parts are for Linux and macOS on amd64 or arm64, and this is ${os} on ${arch}: ` +
        'run the sandbox in a container or, on Windows, in WSL.',
    );
  }
  return `${os}_${processor}`;
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
