import type { Access } from '../access';
import type { Plan } from '../terraform';
import type { AccessDifference } from './access-difference';
import type { Finding, Severity } from './finding';
import type { PolicyDifference } from './policy-difference';

/** A plan, with the name that findings of other plans use for it. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

/** The input of the rules: one plan, and how it changes who may do what. */
export interface ReviewInput {
  readonly plan: Plan;
  /** The plans that are reviewed together with it. */
  readonly others: readonly NamedPlan[];
  readonly before: Access;
  readonly after: Access;
  /** Who gains and loses what. */
  readonly differences: readonly AccessDifference[];
  /** The Vault policies whose texts change. */
  readonly policies: readonly PolicyDifference[];
}

/** What a rule found. The rule's id is added later. */
export type Found = Pick<Finding, 'sentence' | 'addresses'> & {
  /** @default the rule's severity */
  readonly severity?: Severity;
};

/** A rule of the review, in its own file. The docstring says what the rule finds; a reviewer reads the reason. */
export interface ReviewRule {
  /** Never changes: baselines name it. */
  readonly id: string;
  readonly severity: Severity;
  /** Why a person must decide, in a sentence or two. */
  readonly reason: string;
  find(input: ReviewInput): Found[];
}
