import { setTimeout as sleep } from 'node:timers/promises';

export interface LoginsMeanwhile {
  readonly logins: number;
  readonly failures: readonly string[];
}

/** Logs in again and again while something goes on, and until it is done or failed. */
export async function whileLoggingIn(
  logIn: () => Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<LoginsMeanwhile> {
  let logins = 0;
  const failures: string[] = [];
  const done = new AbortController();
  const loop = (async () => {
    while (!done.signal.aborted) {
      await logIn().then(
        () => logins++,
        (error: Error) => failures.push(error.message),
      );
      await sleep(20);
    }
  })();
  try {
    await act();
  } finally {
    done.abort();
    await loop;
  }
  return { logins, failures };
}
