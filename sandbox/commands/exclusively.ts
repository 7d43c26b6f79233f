import { lock } from 'proper-lockfile';
import type { SandboxFolder } from '../sandbox-folder';

/**
 * Changes a sandbox while no other command does: two starts at once would leave servers that nobody knows. The lock is
 * `FOLDER.lock`. If a killed process left it, it is taken over after ten seconds.
 *
 * @throws Error if another command is at work
 */
export async function exclusively<T>(folder: SandboxFolder, act: () => Promise<T>): Promise<T> {
  const release = await lock(folder.path, { realpath: false }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ELOCKED'
      ? new Error(`Another command is at work on the sandbox in ${folder.path}. Wait until it ends.`)
      : error;
  });
  try {
    return await act();
  } finally {
    await release();
  }
}
