import { readAccess } from '../access';
import type { Plan } from '../access';
import { differencesOf } from './access-difference';
import { type Finding, worstFirst } from './finding';
import { policyDifferencesOf } from './policy-difference';
import type { ReviewInput } from './rule';
import { RULES } from './rules';

/** One plan, reviewed. */
export interface PlanReview extends ReviewInput {
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** Reviews a plan by every rule. */
export async function reviewPlan(plan: Plan): Promise<PlanReview> {
  const [before, after] = [readAccess(plan.before), readAccess(plan.after)];
  const [differences, policies] = await Promise.all([
    differencesOf(before, after),
    policyDifferencesOf(before, after),
  ]);
  const input: ReviewInput = { plan, before, after, differences, policies };
  const findings = RULES.flatMap((rule) =>
    rule
      .find(input)
      .map(({ severity = rule.severity, ...found }): Finding => ({ rule: rule.id, severity, ...found })),
  );
  return { ...input, findings: findings.sort(worstFirst) };
}
