import type { ReportedFinding } from '../finding';
import type { Report } from '../report';
import { names, say, type Sentence } from '../sentence';
import type { Section } from './section';

/** What a person must decide, the worst first. */
export function findingsSection({ findings, plans }: Report): Section {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const group = groups.get(key) ?? [];
    group.push(finding);
    groups.set(key, group);
  }
  return {
    title: 'To decide',
    unit: ['finding', 'findings'],
    groups: [...groups.values()].map((group) => {
      const [{ severity, rule, reason }] = group as [ReportedFinding];
      return {
        severity,
        lead: [...say`by rule ${rule}`, `: ${reason}`],
        items: group.map((finding) => [...finding.sentence, ...at(finding, plans.length > 1)]),
      };
    }),
  };
}

/** Where a reader looks. */
export function at({ addresses, plan }: ReportedFinding, several: boolean): Sentence {
  const parts = [
    ...(addresses.length > 0 ? [say`at ${names(addresses)}`] : []),
    ...(several ? [say`in ${plan}`] : []),
  ];
  return parts.length === 0
    ? []
    : [' (', ...parts.flatMap((part, index) => (index === 0 ? part : [' ', ...part])), ')'];
}
