import type { BaselineEntry } from '../baseline';
import type { Report } from '../report';
import { say, type Sentence } from '../sentence';
import type { Group, Section } from './section';
import { at } from './findings-section';

/** What was accepted, and which entries should be removed. */
export function baselineSection({ accepted, expired, unused, plans }: Report): Section {
  const groups: Group[] = [
    {
      lead: ['Expired; their findings count again:'],
      items: expired.map((entry) => [
        ...entryOf(entry),
        ...say`, accepted until ${entry.until}: ${entry.reason}`,
      ]),
    },
    {
      lead: ['Accepted, and not counted:'],
      items: accepted.map(({ finding, entry }) => [
        ...finding.sentence,
        ...at(finding, plans.length > 1),
        `; ${finding.severity}, `,
        ...say`rule ${finding.rule}, accepted until ${entry.until}: ${entry.reason}`,
      ]),
    },
    {
      lead: ['Unused, because they match no finding; remove them:'],
      items: unused.map(entryOf),
    },
  ];
  return {
    title: 'Baseline',
    unit: ['entry', 'entries'],
    groups: groups.filter(({ items }) => items.length > 0),
  };
}

function entryOf({ rule, about }: BaselineEntry): Sentence {
  return say`rule ${rule} about ${about}`;
}
