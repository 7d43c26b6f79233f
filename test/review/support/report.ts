import type { BaselineEntry } from '../../../lib/review/baseline';
import { type Report, reportOf } from '../../../lib/review/report';
import { reviewOf, type Samples } from './plan';

/** The report on such plans, by their names. */
export function reportOn(
  plans: Readonly<Record<string, Samples>>,
  baseline: readonly BaselineEntry[] = [],
  today = '2026-01-15',
): Report {
  const reviewed = Object.entries(plans).map(([name, samples]) => ({
    name,
    file: `cdk.out/stacks/${name}/cdk.tf.json`,
    review: reviewOf(samples, name),
  }));
  return reportOf(reviewed, baseline, today);
}
