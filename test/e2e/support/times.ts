import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Does a step, and notes how long it took if `npm run test:times` asks for it. @param kind such as `apply` */
export async function timed<T>(kind: string, step: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  try {
    return await step();
  } finally {
    note(kind, begin);
  }
}

/** The same of a step that waits for nothing. */
export function timedNow<T>(kind: string, step: () => T): T {
  const begin = performance.now();
  try {
    return step();
  } finally {
    note(kind, begin);
  }
}

function note(kind: string, begin: number): void {
  const folder = process.env.TEST_TIMES;
  if (folder !== undefined) {
    const entry = { file: expect.getState().testPath, kind, milliseconds: performance.now() - begin };
    appendFileSync(join(folder, `steps-${process.pid}.jsonl`), `${JSON.stringify(entry)}\n`);
  }
}
