import Table from 'cli-table3';
import { createColors } from 'picocolors';
import { visible, visibleAndShort } from '../output';
import { linesOf, titleOfIdentity } from './vault-identity';
import { type AccessReport, titleOfAccess } from './access-report';
import { type AccessRow, throughOf } from './access-rows';

/** What is true of every row, and no row says. */
export const NOTES: readonly string[] = [
  'Each row is judged alone: a principal that is let in by a role and is in a group has the policies of both on one token, and a deny of one counts against the other.',
  "Vault's policy default, which nearly every token has, is not shown.",
];

/** The report for a person at a terminal. */
export function renderAccess(report: AccessReport, { colour }: { readonly colour: boolean }): string {
  const { bold, dim, yellow } = createColors(colour);
  const { rows, sources } = report;
  const several = sources.length > 1;
  const table = new Table({
    head: [...(several ? ['from'] : []), 'who', 'through', 'policies', 'may'],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    const cells = cellsOf(row);
    table.push([
      ...(several ? [visibleAndShort(row.source)] : []),
      [...cells.who, ...cells.conditions.map((condition) => yellow(condition))].join('\n'),
      cells.through,
      cells.policies.join('\n') || '(none)',
      [
        ...cells.may,
        ...[...cells.notShown, ...cells.notJudged, ...cells.ofOthers].map((line) => yellow(line)),
      ].join('\n') || '(nothing)',
    ]);
  }
  return [
    bold(visible(titleOfAccess(report))),
    ...(rows.length === 0 ? ['Nobody is found.'] : [table.toString(), ...NOTES.map((note) => dim(note))]),
    ...report.identities.flatMap((identity) => [
      bold(visible(titleOfIdentity(identity))),
      ...linesOf(identity).map((line) => `  ${visible(line)}`),
    ]),
  ].join('\n');
}

/** The texts of a row, each on one line, without characters that a terminal or a browser would obey. */
export function cellsOf({ grant, paths, notShown, notJudged, ofOthers, conditions }: AccessRow) {
  const members = grant.group?.members ?? [];
  return {
    who: [
      visibleAndShort(grant.principal.label),
      ...(members.length > 0 ? [`now: ${members.map(visibleAndShort).join(', ')}`] : []),
    ],
    conditions: conditions.map((condition) => `only if ${visibleAndShort(condition)}`),
    through: visibleAndShort(throughOf(grant)),
    policies: grant.policies.map(visibleAndShort),
    may: paths.map(({ path, capabilities }) => `${visibleAndShort(path)}: ${capabilities.join(', ')}`),
    notShown: notShown.map(
      ({ policy, why }) => `what ${visibleAndShort(policy)} gives is not known: ${visibleAndShort(why)}`,
    ),
    notJudged: notJudged.map(({ policy, what }) => `${visibleAndShort(policy)}: ${visibleAndShort(what)}`),
    ofOthers: ofOthers.map(
      ({ policy, source }) =>
        `${visibleAndShort(policy)} is taken from ${visibleAndShort(source)}, if both use the same Vault`,
    ),
  };
}
