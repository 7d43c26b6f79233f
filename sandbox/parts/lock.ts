import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

const RETRY_MS = 300;
/** A lock that nobody has touched for this long belonged to a process that is gone. */
const STALE_MS = 15_000;

/**
 * Does something that only one process at a time may do with a path. Waits for the others first.
 *
 * @param path what is locked; it need not exist, its folder must
 * @param onWait called once, if another process holds the lock
 * @param work gets a signal that also fires if the lock is lost, such as after the machine slept
 * @throws Error if the lock was lost; the signal's reason on an abort
 */
export async function whileLocked(
  path: string,
  signal: AbortSignal | undefined,
  onWait: () => void,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const onCompromised = (cause: Error) =>
    lost.abort(
      new Error(`The lock ${path}.lock was lost (${cause.message}). Run the command again: it goes on.`, {
        cause,
      }),
    );
  for (let waits = false; ; waits = true) {
    signal?.throwIfAborted();
    const release = await lock(path, { realpath: false, stale: STALE_MS, onCompromised }).catch(ignoreLocked);
    if (release !== undefined) {
      const held = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
      try {
        return await work(held);
      } catch (error) {
        // The reason says more than what an aborted request or stream says.
        held.throwIfAborted();
        throw error;
      } finally {
        // A lock that was lost can't be given back.
        if (!lost.signal.aborted) await release();
      }
    }
    if (!waits) onWait();
    // An abort ends the wait; the loop then throws its reason.
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

function ignoreLocked(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ELOCKED') throw error;
}
