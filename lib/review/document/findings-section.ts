import type { Report, ReportedFinding } from '../report';
import { names, say, type Sentence } from '../sentence';
import type { Group, Section } from './document';

/** What a person must decide, the worst first. */
export function findingsSection({ findings, plans }: Report): Section {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return {
    title: 'To decide',
    unit: ['finding', 'findings'],
    groups: [...groups.values()].map((group): Group => {
      const [{ severity, rule, reason }] = group as [ReportedFinding];
      return {
        lead: [{ strong: `${severity[0]!.toUpperCase()}${severity.slice(1)}` }, ' (rule ', { name: rule }, `): ${reason}`],
        items: group.map((finding) => [...finding.sentence, ...at(finding, plans.length > 1)]),
      };
    }),
  };
}

/** Where a reader looks. */
export function at({ addresses, plan }: ReportedFinding, several: boolean): Sentence {
  const where = addresses.length > 0 ? say` (at ${names(addresses)}` : [' ('];
  const of = several ? say`${addresses.length > 0 ? [' of '] : ['of ']}${plan}` : [];
  return addresses.length > 0 || several ? [...where, ...of, ')'] : [];
}
