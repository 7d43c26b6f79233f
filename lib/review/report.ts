import { type BaselineEntry, judge, type Judged } from './baseline';
import { type ReportedFinding, worstFirst } from './finding';
import { type IamDifference, iamDifferencesOf } from './iam/difference';
import { type Picture, pictureOf } from './picture';
import type { PlanReview } from './review';
import { RULES } from './rules';
import { type Scope, scopeOf } from './scope';

/** A plan to report on. */
export interface ReviewedPlan {
  /** The stack's name, or another name that distinguishes the plan. */
  readonly name: string;
  /** The file that a finding is shown at, relative to the working folder. */
  readonly file: string;
  readonly review: PlanReview;
}

/** One plan in a report. */
export interface ReportedPlan extends ReviewedPlan {
  readonly scope: Scope;
  readonly iam: readonly IamDifference[];
  readonly picture: Picture;
}

/** What every format shows: one or several plans, and what a person must still decide. */
export interface Report extends Judged {
  readonly plans: readonly ReportedPlan[];
}

/**
 * Puts the reviews of some plans together.
 *
 * @param baseline what was accepted
 * @param today as YYYY-MM-DD, in UTC
 */
export function reportOf(
  plans: readonly ReviewedPlan[],
  baseline: readonly BaselineEntry[] = [],
  today = new Date().toISOString().slice(0, 10),
): Report {
  const reasons = new Map(RULES.map(({ id, reason }) => [id, reason]));
  const findings = plans
    .flatMap(({ name, review }) =>
      review.findings.map((finding): ReportedFinding => ({
        ...finding,
        plan: name,
        reason: reasons.get(finding.rule) ?? '',
      })),
    )
    .sort(worstFirst);
  return {
    plans: plans.map((plan) => ({
      ...plan,
      scope: scopeOf(plan.review.plan),
      iam: iamDifferencesOf(plan.review.plan),
      picture: pictureOf(plan.review),
    })),
    ...judge(findings, baseline, today),
  };
}
