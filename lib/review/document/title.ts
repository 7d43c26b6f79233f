import { SEVERITIES } from '../finding';
import type { Report } from '../report';
import { plainText, words } from '../sentence';

/** The first line: what there is to decide. */
export function titleOf({ findings, plans, accepted }: Report): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const also = accepted.length > 0 ? `, ${accepted.length} accepted` : '';
  if (counts.length > 0) {
    return `Plan review: ${plainText(words(counts))}${also}`;
  }
  return plans.length > 0 && plans.every(({ scope }) => scope.foreign)
    ? 'Plan review: nothing was reviewed'
    : `Plan review: no findings${also}`;
}
