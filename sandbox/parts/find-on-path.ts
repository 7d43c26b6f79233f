import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import semver from 'semver';
import type { PathSearch } from './part';

/** A program that may be on PATH, and how it prints its version. */
export interface Command {
  product: string;
  /** File names to look for, the preferred one first. */
  names: string[];
  args: string[];
  /** Matches the answer; its first group is the version. */
  version: RegExp;
  /** The least semantic version that is accepted. */
  atLeast: string;
  /** Why a version is not accepted although it is new enough. */
  rejects?: (version: string) => string | undefined;
}

/** A shim may never answer, and a program of several hundred megabytes starts slowly from a cold disk. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * Looks for the first program on PATH that is new enough, in all folders: an old one in an earlier folder
 * does not hide a good one in a later folder.
 */
export async function findOnPath(commands: readonly Command[], env: NodeJS.ProcessEnv): Promise<PathSearch> {
  const passedOver: string[] = [];
  for (const command of commands) {
    for (const path of await executables(command.names, env)) {
      const answer = await versionOf(path, command, env);
      if ('version' in answer) {
        return { installed: { product: command.product, path, version: answer.version }, passedOver };
      }
      passedOver.push(`${path} ${answer.reason}`);
    }
  }
  return { passedOver };
}

async function executables(names: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
  // An empty entry of PATH means the working folder. Nothing must be run from there by chance.
  const folders = new Set((env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''));
  const paths = names.flatMap((name) => [...folders].map((folder) => resolve(join(folder, name))));
  const there = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, index) => there[index]);
}

/** Whether a file exists, with all symbolic links resolved, and may be run. */
export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function versionOf(
  path: string,
  command: Command,
  env: NodeJS.ProcessEnv,
): Promise<{ version: string } | { reason: string }> {
  const { stdout, stderr, failed, timedOut } = await execa(path, command.args, {
    // A TF_CLI_CONFIG_FILE left over in the shell may name a file that is gone.
    env: { ...env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: undefined },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: ANSWER_WITHIN_MS,
  });
  if (failed) {
    const last = timedOut ? 'no answer in time' : (stderr.trim().split('\n').at(-1) ?? '');
    return { reason: `does not run (${last || `'${command.args.join(' ')}' fails`})` };
  }
  const version = semver.parse(command.version.exec(stdout)?.[1])?.raw;
  if (version === undefined) {
    return { reason: `prints no version that can be read` };
  }
  if (semver.lt(version, command.atLeast)) {
    return { reason: `is ${version}, older than ${command.atLeast}` };
  }
  const rejected = command.rejects?.(version);
  return rejected === undefined ? { version } : { reason: `is ${version}, ${rejected}` };
}
