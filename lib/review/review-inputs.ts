import { type Plan, readPlan } from '../terraform';
import { type InputOptions, readInput } from './read-input';
import type { ReviewedPlan } from './report';
import { reviewPlans } from './review';

/** A text of this many characters takes more than a moment. */
const LONG = 10_000_000;

/**
 * Reads plans and reviews them together, each under its own name.
 *
 * @param paths of files; `-` is standard input
 * @throws InvalidInputError for the first plan that can't be read
 */
export async function reviewInputs(
  paths: readonly string[],
  options: InputOptions = {},
): Promise<ReviewedPlan[]> {
  const read: (Omit<ReviewedPlan, 'review'> & { readonly plan: Plan })[] = [];
  const long = new Set<Plan>();
  for (const path of paths) {
    const { name, source, file, text } = await readInput(path, options);
    if (text.length > LONG) {
      options.onStep?.(`reading ${source}, ${Math.round(text.length / 1e6)} million characters`);
    }
    const plan = readPlan(text, source);
    if (text.length > LONG) {
      long.add(plan);
    }
    const taken = read.some((other) => other.name === name);
    read.push({ name: taken ? source : name, file, plan });
  }
  const reviews = reviewPlans(read, (plan) => {
    if (long.has(plan)) {
      options.onStep?.(`reviewing ${plan.changes.length} resources of ${plan.source}`);
    }
  });
  return read.map(({ name, file }, index) => ({ name, file, review: reviews[index]! }));
}
