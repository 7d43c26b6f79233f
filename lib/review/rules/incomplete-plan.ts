import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** The plan has only a part of the changes: Terraform deferred the rest, or `-target` left it out. */
export const incompletePlan: ReviewRule = {
  id: 'incomplete-plan',
  severity: 'high',
  reason: 'The rest is in another plan, which must be reviewed as well.',
  find: ({ plan }) =>
    plan.incomplete
      ? [
          {
            sentence: say`${plan.source} is not complete: the rest is left out by -target, or deferred until this is applied`,
            addresses: [],
          },
        ]
      : [],
};
