import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isExecutable } from './find-on-path';
import { isNoSpace } from './no-space';
import { whileLocked } from './lock';
import type { Context, Installed, PartName, Recipe } from './part';

/** Somebody who waits wants to see progress. */
const TICK_MS = 2_000;

/** The part that a recipe put into the cache before; undefined if it is not there, or not complete. */
export async function cached(recipe: Recipe, context: Context): Promise<Installed | undefined> {
  const folder = join(context.cacheDir, recipe.folder, context.platform);
  const paths = recipe.programs(context.platform).map((program) => join(folder, program));
  const whole = (await Promise.all(paths.map(isExecutable))).every(Boolean);
  return whole ? { product: recipe.product, path: paths[0]!, version: recipe.version } : undefined;
}

/**
 * Puts a part into the cache by one of its recipes: made next to its place, then put there by one rename.
 *
 * If several processes ask for it, one works, and the others wait and take the result.
 *
 * @throws Error if the recipe fails or the disk is full; then only a resumable download is left
 */
export async function install(part: PartName, recipe: Recipe, context: Context): Promise<Installed> {
  const home = join(context.cacheDir, recipe.folder);
  const progress = progressOf(part, recipe, context);
  try {
    await mkdir(home, { recursive: true });
    await whileLocked(
      join(home, context.platform),
      context.signal,
      () => progress.say('waiting for another process that is getting it'),
      async (signal) => {
        if ((await cached(recipe, context)) === undefined) {
          await make(recipe, home, context, { signal, say: progress.say });
        }
      },
    );
  } catch (error) {
    throw isNoSpace(error) ? noSpace(recipe, home, error) : error;
  } finally {
    progress.stop();
  }
  return (await cached(recipe, context))!;
}

async function make(
  recipe: Recipe,
  home: string,
  context: Context,
  { signal, say }: { signal: AbortSignal; say: (message: string, percent?: number) => void },
): Promise<void> {
  const place = join(home, context.platform);
  const into = `${place}.tmp`;
  const scratch = `${place}.work`;
  const clear = () =>
    Promise.all([into, scratch].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })));
  // A process that was killed could not clean up.
  await clear();
  try {
    await mkdir(into);
    await recipe.make({ into, downloads: home, scratch, signal, say }, context);
    for (const program of recipe.programs(context.platform)) {
      if (!(await isExecutable(join(into, program)))) {
        throw new Error(
          `${recipe.source(context)} did not give the program ${program}, so ${recipe.product} ${recipe.version} ` +
            'was not put in place. Put the program on PATH instead.',
        );
      }
    }
    signal.throwIfAborted();
    // What is in place is incomplete, or nobody would make it again.
    await rm(place, { recursive: true, force: true });
    await rename(into, place);
  } finally {
    await clear();
  }
}

function progressOf(part: PartName, recipe: Recipe, context: Context) {
  const began = Date.now();
  let now: { message: string; percent?: number } = { message: `getting ${recipe.product} ${recipe.version}` };
  const send = () =>
    context.onProgress({
      part,
      phase: recipe.phase,
      ...now,
      elapsedSeconds: Math.round((Date.now() - began) / 1000),
      typicalSeconds: recipe.typicalSeconds,
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

function noSpace(recipe: Recipe, home: string, cause: unknown): Error {
  return new Error(
    `The disk is full: ${recipe.product} ${recipe.version} could not be put into ${home}. Nothing of it was left there. ` +
      'Free some space, or name another place with XDG_CACHE_HOME, and run the command again.',
    { cause },
  );
}
