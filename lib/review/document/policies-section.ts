import type { PolicyRule } from '../../policy';
import { sayNotJudged } from '../not-judged';
import type { PolicyDifference, RuleDifference } from '../policy-difference';
import type { Report } from '../report';
import { say, type Sentence, words } from '../sentence';
import type { Group, Section } from './section';

/** Vault policies by their paths. */
export function policiesSection({ plans }: Report): Section {
  return {
    title: 'Vault policies',
    unit: ['path of a policy', 'paths of policies'],
    groups: plans.flatMap(({ name, review }) =>
      review.policies.map((policy): Group => ({
        lead: [
          ...say`Policy ${policy.name}`,
          ...(plans.length > 1 ? say` in ${name}` : []),
          headingOf(policy),
        ],
        items: itemsOf(policy),
      })),
    ),
  };
}

function headingOf({ before, after, notShown }: PolicyDifference): string {
  const what =
    notShown !== undefined
      ? 'changed'
      : before.length === 0
        ? 'new'
        : after.length === 0
          ? 'deleted'
          : 'changed';
  return `, ${what}:`;
}

function itemsOf({ rules, notShown, notJudged, unjudgedChange, remarks }: PolicyDifference): Sentence[] {
  if (notShown !== undefined) {
    return [["can't be shown", `: ${notShown}`]];
  }
  const asks: Sentence[] =
    notJudged.length === 0 ? [] : [[...(unjudgedChange ? ['changed: '] : []), ...sayNotJudged(notJudged)]];
  const items = [...rules.map(describe), ...asks, ...remarks.map((remark) => say`${remark}`)];
  return items.length === 0 || (rules.length === 0 && !unjudgedChange)
    ? [['only its form changes: all paths stay as they are'], ...items]
    : items;
}

function describe({ path, before, after }: RuleDifference): Sentence {
  if (before === undefined || after === undefined) {
    return [before ? 'removed ' : 'added ', ...say`${path}: `, ...whole((after ?? before)!)];
  }
  const [could, can]: [readonly string[], readonly string[]] = [before.capabilities, after.capabilities];
  const [gained, lost] = [
    can.filter((capability) => !could.includes(capability)),
    could.filter((capability) => !can.includes(capability)),
  ];
  const constraints = CONSTRAINTS.filter(([field]) => text(before[field]) !== text(after[field]));
  const parts: Sentence[] = [
    ...(gained.length > 0 ? [['gains ', ...words(gained)]] : []),
    ...(lost.length > 0 ? [['loses ', ...words(lost)]] : []),
    ...constraints.map(([field, what]) => [
      `${what} `,
      ...say`${text(before[field])} → ${text(after[field])}`,
    ]),
  ];
  return ['changed ', ...say`${path}: `, ...(parts.length > 0 ? joined(parts) : ['only the order'])];
}

function whole(rule: PolicyRule): Sentence {
  const constraints = CONSTRAINTS.filter(([field]) => rule[field] !== undefined);
  return joined([
    rule.capabilities.length > 0 ? words(rule.capabilities) : ['nothing'],
    ...constraints.map(([field, what]) => [`${what} `, ...say`${text(rule[field])}`]),
  ]);
}

/** What a path requires in addition to its capabilities. */
const CONSTRAINTS = [
  ['requiredParameters', 'required parameters'],
  ['allowedParameters', 'allowed parameters'],
  ['deniedParameters', 'denied parameters'],
  ['minWrappingTtl', 'min_wrapping_ttl'],
  ['maxWrappingTtl', 'max_wrapping_ttl'],
  ['subscribeEventTypes', 'subscribe_event_types'],
] as const satisfies readonly (readonly [keyof PolicyRule, string])[];

function text(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

function joined(parts: readonly Sentence[]): Sentence {
  return parts.flatMap((part, index): Sentence => (index === 0 ? part : ['; ', ...part]));
}
