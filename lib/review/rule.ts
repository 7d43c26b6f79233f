import type { Access } from '../access';
import type { Plan } from '../terraform';
import type { AccessDifference } from './access-difference';
import type { Finding, Severity } from './finding';
import type { PolicyDifference } from './policy-difference';

/** A plan by the name that findings of other plans have for it. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

/** What the rules look at: one plan, and what it makes of who may do what. */
export interface ReviewInput {
  readonly plan: Plan;
  /** Those that are reviewed together with it. */
  readonly others: readonly NamedPlan[];
  readonly before: Access;
  readonly after: Access;
  /** Who gains and loses what. */
  readonly differences: readonly AccessDifference[];
  /** The Vault policies whose texts change. */
  readonly policies: readonly PolicyDifference[];
}

/** What a rule found, before it has the rule's name. */
export type Found = Pick<Finding, 'sentence' | 'addresses'> & {
  /** @default the rule's own */
  readonly severity?: Severity;
};

/** A rule of the review, in a file of its own. Its docstring is the rule, and its reason what a reviewer reads. */
export interface ReviewRule {
  /** Never changes: baselines name it. */
  readonly id: string;
  readonly severity: Severity;
  /** Why a person must decide, in a sentence or two. */
  readonly reason: string;
  find(input: ReviewInput): Found[];
}
