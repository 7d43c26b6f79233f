import { readAccess } from '../../../lib/access';
import { readPlan } from '../../../lib/terraform';
import { differencesOf } from '../../../lib/review/access-difference';
import { policyDifferencesOf } from '../../../lib/review/policy-difference';
import type { ReviewRule } from '../../../lib/review/rule';
import { plainText } from '../../../lib/review/sentence';
import { planOf, type Samples } from './plan';

/** What one rule says of a plan, as `severity: sentence`, beside others by their names. */
export function findingsOf(
  rule: ReviewRule,
  samples: Samples,
  others: Readonly<Record<string, Samples>> = {},
): string[] {
  const plan = readPlan(planOf(samples), 'sample');
  const [before, after] = [readAccess(plan.before), readAccess(plan.after)];
  const [differences, policies] = [differencesOf(before, after), policyDifferencesOf(before, after)];
  return rule
    .find({
      plan,
      others: Object.entries(others).map(([name, each]) => ({ name, plan: readPlan(planOf(each), name) })),
      before,
      after,
      differences,
      policies,
    })
    .map(({ severity = rule.severity, sentence }) => `${severity}: ${plainText(sentence)}`);
}
