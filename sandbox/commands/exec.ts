import { execa } from 'execa';
import { cdktfArguments } from '../cdktf';
import { sandboxEnvironment } from '../environment';
import type { SandboxFolder, SandboxRecord } from '../sandbox-folder';

/**
 * Runs a command with the sandbox's addresses, credentials and tools in its environment, on this terminal.
 *
 * `cdktf` gets its app and output, too: `exec cdktf diff` is `npx cdktf diff` on the sandbox.
 *
 * @returns the command's exit code
 */
export async function exec(
  command: string,
  args: readonly string[],
  folder: SandboxFolder,
  record: SandboxRecord,
): Promise<number> {
  const { exitCode, code, shortMessage } = await execa(
    command,
    [...args, ...extraArguments(command, args, folder)],
    {
      preferLocal: true,
      extendEnv: false,
      env: sandboxEnvironment(folder, record),
      stdio: 'inherit',
      reject: false,
    },
  );
  if (code === 'ENOENT') {
    throw new Error(`'${command}' is not on PATH`);
  }
  if (exitCode === undefined) {
    throw new Error(shortMessage);
  }
  return exitCode;
}

function extraArguments(command: string, [subcommand]: readonly string[], folder: SandboxFolder): string[] {
  if (command !== 'cdktf') {
    return [];
  }
  // The lock step asks the registry even if a mirror has all providers.
  const locks = ['deploy', 'apply', 'destroy', 'diff', 'plan'].includes(subcommand ?? '');
  return [...cdktfArguments(folder), ...(locks ? ['--skip-provider-lock'] : [])];
}
