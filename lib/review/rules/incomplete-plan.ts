import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** The plan has a part of the changes: Terraform put the rest off, or `-target` left it out. */
export const incompletePlan: ReviewRule = {
  id: 'incomplete-plan',
  severity: 'high',
  reason: 'What is put off or left out is in another plan, which must be reviewed as well.',
  find: ({ plan }) =>
    plan.incomplete
      ? [
          {
            sentence: say`${plan.source} is not all: the rest is left out by -target, or put off until this is applied`,
            addresses: [],
          },
        ]
      : [],
};
