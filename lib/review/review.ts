import { type Access, readAccess, readTogether } from '../access';
import type { Plan } from '../terraform';
import { differencesOf } from './access-difference';
import { type Finding, worstFirst } from './finding';
import { policyDifferencesOf } from './policy-difference';
import type { NamedPlan, ReviewInput } from './rule';
import { RULES } from './rules';

/** One plan, reviewed. */
export interface PlanReview extends ReviewInput {
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/**
 * Reviews plans by every rule. Each plan is reviewed alone, with two exceptions: a policy that it lacks is taken from
 * another plan, and the roles of other plans count if they are bound to a principal that this plan replaces.
 *
 * @param onPlan called before each
 */
export function reviewPlans(
  plans: readonly NamedPlan[],
  onPlan: (plan: Plan) => void = () => undefined,
): PlanReview[] {
  const side = (of: 'before' | 'after') =>
    readTogether(plans.map(({ name, plan }) => ({ source: name, access: readAccess(plan[of]) })));
  const [before, after] = [side('before'), side('after')];
  const reviews: PlanReview[] = [];
  for (const [index, { plan }] of plans.entries()) {
    onPlan(plan);
    const others = plans.filter((other) => other.plan !== plan);
    reviews.push(review(plan, others, before[index]!.access, after[index]!.access));
  }
  return reviews;
}

/** Reviews one plan by every rule. */
export function reviewPlan(plan: Plan): PlanReview {
  const [review] = reviewPlans([{ name: plan.source, plan }]);
  return review!;
}

function review(plan: Plan, others: readonly NamedPlan[], before: Access, after: Access): PlanReview {
  const input: ReviewInput = {
    plan,
    others,
    before,
    after,
    differences: differencesOf(before, after),
    policies: policyDifferencesOf(before, after),
  };
  const findings = RULES.flatMap((rule) =>
    rule
      .find(input)
      .map(({ severity = rule.severity, ...found }): Finding => ({ rule: rule.id, severity, ...found })),
  );
  return { ...input, findings: findings.sort(worstFirst) };
}
