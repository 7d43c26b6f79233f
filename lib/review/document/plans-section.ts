import type { Action } from '../../terraform';
import type { Report, ReportedPlan } from '../report';
import { RULES } from '../rules';
import { say, type Sentence, words } from '../sentence';
import type { Section } from './section';

/** What was looked at, and what was not. */
export function plansSection({ plans, findings, accepted }: Report): Section {
  const reviewed = plans.some(({ scope }) => !scope.foreign);
  const none = findings.length + accepted.length === 0 && reviewed;
  return {
    title: 'Looked at',
    unit: ['plan', 'plans'],
    groups: [
      {
        lead: none
          ? [`All ${RULES.length} rules looked at what changes, and found nothing for a person to decide.`]
          : [`${RULES.length} rules looked at what changes.`],
        items: plans.map(describePlan),
      },
    ],
  };
}

/** In the words of Terraform's own summary. */
const TO: Readonly<Partial<Record<Action, string>>> = {
  create: 'to create',
  update: 'to update',
  replace: 'to replace',
  delete: 'to destroy',
  forget: 'to forget',
  'no-op': 'as they are',
};

function describePlan({ name, scope, review }: ReportedPlan): Sentence {
  const { actions, changing, outside, foreign } = scope;
  const counts = (Object.keys(TO) as Action[]).flatMap((action) => {
    const count = actions.get(action) ?? 0;
    return count === 0 ? [] : [`${count} ${TO[action]}`];
  });
  const { incomplete } = review.plan;
  return [
    ...say`plan ${name}: `,
    ...(foreign
      ? ['not reviewed, because none of its resources is of Vault or of AWS IAM; ']
      : changing === 0
        ? ['it changes nothing; ']
        : []),
    ...(counts.length > 0 ? words(counts) : ['no resource']),
    ...(!foreign && outside > 0 ? [`; ${outside} of those that change are of kinds that no rule knows`] : []),
    ...(incomplete ? ['; Terraform deferred a part of it to another plan, which is not in this review'] : []),
  ];
}
