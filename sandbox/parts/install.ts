import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isExecutable } from './find-on-path';
import { isNoSpace } from './no-space';
import { whileLocked } from './lock';
import type { Context, Installed, PartName, Way } from './part';

/** A person who waits wants to see that something goes on. */
const TICK_MS = 2_000;

/** The part that a way has put into the cache before; undefined where it is not there, or not whole. */
export async function cached(way: Way, context: Context): Promise<Installed | undefined> {
  const folder = join(context.cacheDir, way.folder, context.platform);
  const paths = way.programs(context.platform).map((program) => join(folder, program));
  const whole = (await Promise.all(paths.map(isExecutable))).every(Boolean);
  return whole ? { product: way.product, path: paths[0]!, version: way.version } : undefined;
}

/**
 * Puts a part into the cache by one of its ways: made beside its place, then put there by one rename.
 *
 * Of several processes one works, and the others wait and take what it made.
 *
 * @throws Error where the way fails or the disk is full; nothing but a resumable download is left then
 */
export async function install(part: PartName, way: Way, context: Context): Promise<Installed> {
  const home = join(context.cacheDir, way.folder);
  const progress = progressOf(part, way, context);
  try {
    await mkdir(home, { recursive: true });
    await whileLocked(
      join(home, context.platform),
      context.signal,
      () => progress.say('waiting for another process that is getting it'),
      async (signal) => {
        if ((await cached(way, context)) === undefined) {
          await make(way, home, context, { signal, say: progress.say });
        }
      },
    );
  } catch (error) {
    throw isNoSpace(error) ? noSpace(way, home, error) : error;
  } finally {
    progress.stop();
  }
  return (await cached(way, context))!;
}

async function make(
  way: Way,
  home: string,
  context: Context,
  { signal, say }: { signal: AbortSignal; say: (message: string, percent?: number) => void },
): Promise<void> {
  const place = join(home, context.platform);
  const into = `${place}.tmp`;
  const scratch = `${place}.work`;
  const clear = () =>
    Promise.all([into, scratch].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })));
  // A process that was killed could not tidy up.
  await clear();
  try {
    await mkdir(into);
    await way.make({ into, downloads: home, scratch, signal, say }, context);
    for (const program of way.programs(context.platform)) {
      if (!(await isExecutable(join(into, program)))) {
        throw new Error(
          `${way.source(context)} did not give the program ${program}, so ${way.product} ${way.version} ` +
            'was not put in place. Put the program on PATH instead.',
        );
      }
    }
    signal.throwIfAborted();
    // What is in place is not whole, or nobody would make it again.
    await rm(place, { recursive: true, force: true });
    await rename(into, place);
  } finally {
    await clear();
  }
}

function progressOf(part: PartName, way: Way, context: Context) {
  const began = Date.now();
  let now: { message: string; percent?: number } = { message: `getting ${way.product} ${way.version}` };
  const send = () =>
    context.onProgress({
      part,
      phase: way.phase,
      ...now,
      elapsedSeconds: Math.round((Date.now() - began) / 1000),
      typicalSeconds: way.typicalSeconds,
    });
  const timer = setInterval(send, TICK_MS);
  return {
    say: (message: string, percent?: number) => {
      now = { message, percent };
      send();
    },
    stop: () => clearInterval(timer),
  };
}

function noSpace(way: Way, home: string, cause: unknown): Error {
  return new Error(
    `The disk is full: ${way.product} ${way.version} could not be put into ${home}. Nothing of it was left there. ` +
      'Free some space, or name another place with XDG_CACHE_HOME, and run the command again.',
    { cause },
  );
}
