import { readPlan } from '../access';
import { type InputOptions, readInput } from './read-input';
import type { ReviewedPlan } from './report';
import { reviewPlan } from './review';

/** A text of this many characters takes more than a moment. */
const LONG = 10_000_000;

/**
 * Reads and reviews plans, one after another, each by its own name.
 *
 * @param paths of files; `-` is standard input
 * @throws InvalidInputError for the first that can't be read
 */
export async function reviewInputs(
  paths: readonly string[],
  options: InputOptions = {},
): Promise<ReviewedPlan[]> {
  const reviewed: ReviewedPlan[] = [];
  for (const path of paths) {
    const { name, source, file, text } = await readInput(path, options);
    if (text.length > LONG) {
      options.onStep?.(`reading ${source}, ${Math.round(text.length / 1e6)} million characters`);
    }
    const plan = readPlan(text, source);
    if (text.length > LONG) {
      options.onStep?.(`reviewing ${plan.changes.length} resources of ${source}`);
    }
    const taken = reviewed.some((other) => other.name === name);
    reviewed.push({ name: taken ? source : name, file, review: await reviewPlan(plan) });
  }
  return reviewed;
}
