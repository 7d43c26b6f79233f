import type { ReviewRule } from '../rule';
import { say } from '../sentence';

/** Terraform put a part of the changes off. */
export const incompletePlan: ReviewRule = {
  id: 'incomplete-plan',
  severity: 'high',
  reason: 'What is put off is in another plan, which must be reviewed as well.',
  find: ({ plan }) =>
    plan.incomplete
      ? [
          {
            sentence: say`${plan.source} is not all: Terraform puts the rest off until this is applied`,
            addresses: [],
          },
        ]
      : [],
};
