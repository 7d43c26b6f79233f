import type { BaselineEntry } from '../../../lib/review/baseline';
import { type Report, reportOf } from '../../../lib/review/report';
import { reviewOf, type Samples } from './plan';

/** The report on such plans, by their names. */
export async function reportOn(
  plans: Readonly<Record<string, Samples>>,
  baseline: readonly BaselineEntry[] = [],
  today = '2026-01-15',
): Promise<Report> {
  const reviewed = await Promise.all(
    Object.entries(plans).map(async ([name, samples]) => ({
      name,
      file: `cdk.out/stacks/${name}/cdk.tf.json`,
      review: await reviewOf(samples, name),
    })),
  );
  return reportOf(reviewed, baseline, today);
}
