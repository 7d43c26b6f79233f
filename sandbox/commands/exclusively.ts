import { lock } from 'proper-lockfile';
import type { SandboxFolder } from '../sandbox-folder';

/**
 * Does what changes a sandbox while no other command does: two starts at once would leave servers that nobody
 * knows of. The lock is `FOLDER.lock`; one that a killed process left is taken over after ten seconds.
 *
 * @throws where another command is at work
 */
export async function exclusively<T>(folder: SandboxFolder, act: () => Promise<T>): Promise<T> {
  const release = await lock(folder.path, { realpath: false }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ELOCKED'
      ? new Error(`Another command is at work on the sandbox in ${folder.path}: wait for it to end.`)
      : error;
  });
  try {
    return await act();
  } finally {
    await release();
  }
}
