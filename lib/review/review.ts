import { readAccess } from '../access';
import type { Plan } from '../access';
import { type AccessDifference, differencesOf } from './access-difference';
import { type Finding, worstFirst } from './finding';
import type { ReviewInput } from './rule';
import { RULES } from './rules';

/** One plan, reviewed. */
export interface PlanReview extends ReviewInput {
  readonly plan: Plan;
  readonly differences: readonly AccessDifference[];
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** Reviews a plan by every rule. */
export async function reviewPlan(plan: Plan): Promise<PlanReview> {
  const [before, after] = [readAccess(plan.before), readAccess(plan.after)];
  const input: ReviewInput = { plan, before, after, differences: await differencesOf(before, after) };
  const findings = RULES.flatMap((rule) =>
    rule.find(input).map((found): Finding => ({ rule: rule.id, severity: rule.severity, ...found })),
  );
  return { ...input, findings: findings.sort(worstFirst) };
}
