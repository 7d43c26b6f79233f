import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a state that nothing tells of. @throws if it does not come within 30 seconds */
export async function until(state: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await state()); await sleep(20)) {
    if (Date.now() > deadline) {
      throw new Error(`This did not come within 30 s: ${state.toString()}`);
    }
  }
}
