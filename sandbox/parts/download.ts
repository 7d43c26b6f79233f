import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNoSpace } from './no-space';
import { request } from './request';

/** A connection without data for this long counts as cut. */
const IDLE_MS = 30_000;
/** This many cut connections in a row without data end the download. */
const FRUITLESS_ATTEMPTS = 3;

export interface Download {
  url: string;
  /** Where the finished file goes; until then its bytes are in the same path with `.partial` added. */
  to: string;
  /** The file's SHA-256 in hexadecimal. */
  sha256: string;
  signal: AbortSignal;
  /** Called with the bytes received so far, and with the total if the server says it. */
  onBytes?: (received: number, total: number | undefined) => void;
}

/**
 * Downloads a file, from the end of an earlier attempt, and checks it before it gets its name.
 *
 * @throws Error if the server refuses, the connection keeps failing, or the checksum is another (then the file is
 * deleted); the file system's ENOSPC, after deleting what was written; the signal's reason on an abort, and then what
 * was written stays
 */
export async function download(job: Download): Promise<void> {
  const partial = `${job.to}.partial`;
  try {
    await receiveAll(job, partial);
  } catch (error) {
    if (isNoSpace(error)) await rm(partial, { force: true });
    throw error;
  }
  const actual = await sha256Of(partial);
  if (actual !== job.sha256) {
    await rm(partial);
    throw new Error(
      `The file at ${job.url} is not the one that its release lists: expected SHA-256 ${job.sha256}, ` +
        `got ${actual}. It was deleted. Run the command again. If that does not help, a proxy or a mirror alters the file.`,
    );
  }
  await rename(partial, job.to);
}

async function receiveAll(job: Download, partial: string): Promise<void> {
  for (let fruitless = 0; ;) {
    const before = await sizeOf(partial);
    const cause = await receive(job, partial, before).then(
      (complete) => (complete ? undefined : new Error('the connection was cut')),
      (error: Error) => error,
    );
    if (cause === undefined) return;
    job.signal.throwIfAborted();
    if (isNoSpace(cause) || cause instanceof Refused) throw cause;
    fruitless = (await sizeOf(partial)) > before ? 0 : fruitless + 1;
    if (fruitless === FRUITLESS_ATTEMPTS) {
      throw new Error(
        `The download of ${job.url} failed ${fruitless} times in a row: ${cause.message}. ` +
          'Check the network and run the command again: the download goes on.',
        { cause },
      );
    }
    await sleep(500 * fruitless, undefined, { signal: job.signal });
  }
}

/** The server answered, and another attempt would get the same answer. */
class Refused extends Error {}

/** Receives what is missing after `start`. @returns whether the file is then complete */
async function receive(job: Download, partial: string, start: number): Promise<boolean> {
  const idle = new AbortController();
  const watchdog = setTimeout(() => idle.abort(new Error(`nothing came for ${IDLE_MS / 1000} s`)), IDLE_MS);
  const signal = AbortSignal.any([job.signal, idle.signal]);
  try {
    const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
    const response = await request(job.url, { headers, signal });
    if (response.status === 416) {
      response.body.resume();
      return await isAll(response.headers.get('content-range'), partial, start);
    }
    if (!response.ok) {
      response.body.resume();
      const message = `${job.url} answered ${response.status} ${response.statusText}.`;
      if (response.status >= 500) throw new Error(message);
      throw new Refused(`${message} The release has no such file, or the server does not give it.`);
    }
    // A server that doesn't support ranges sends the whole file.
    const from = response.status === 206 ? start : 0;
    const length = response.headers.get('content-length');
    const total = length === null ? undefined : from + Number(length);
    let received = from;
    let cut: Error | undefined;
    // The file is closed properly even if the connection fails: the next attempt goes on from its size.
    const chunks = async function* () {
      try {
        for await (const chunk of response.body) {
          watchdog.refresh();
          received += chunk.length;
          job.onBytes?.(received, total);
          yield chunk;
        }
      } catch (error) {
        cut = error as Error;
      }
    };
    await pipeline(chunks(), createWriteStream(partial, { flags: from > 0 ? 'a' : 'w' }));
    if (cut !== undefined) throw cut;
    return true;
  } catch (error) {
    throw idle.signal.aborted ? (idle.signal.reason as Error) : error;
  } finally {
    clearTimeout(watchdog);
  }
}

/** Whether a range that the server can't satisfy began at the end. If not, the bytes are wrong and are deleted. */
async function isAll(contentRange: string | null, partial: string, start: number): Promise<boolean> {
  if (contentRange === `bytes */${start}`) return true;
  await rm(partial);
  return false;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
