import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type { PathReport, VerifyReport } from './report';

/** The report for a person at a terminal; its last line says whether all agrees. */
export function renderReport(report: VerifyReport, { colour }: { readonly colour: boolean }): string {
  const paint = createColors(colour);
  const { failure, notChecked, disagreements, notRevoked } = report;
  const verdict = report.ok ? paint.green(verdictOf(report)) : paint.red(verdictOf(report));
  return [
    keyValueTable(report),
    ...(report.paths.length > 0 ? [pathTable(report.paths, paint)] : []),
    ...disagreements.map((line) => paint.red(`differs: ${line}`)),
    ...notChecked.map((line) => paint.yellow(`not checked: ${line}`)),
    ...(notRevoked ? [paint.yellow(`token not revoked: ${notRevoked}`)] : []),
    ...(failure
      ? [paint.red(failure.cause), `What to do: ${failure.action}`, paint.dim(`Detail: ${failure.detail}`)]
      : []),
    verdict,
  ].join('\n');
}

function verdictOf({ ok, failure, disagreements, notChecked, paths }: VerifyReport): string {
  if (failure) {
    return 'Not verified: the check ended before it was done.';
  }
  if (disagreements.length > 0) {
    return `Not verified: what is declared and what Vault gives differ in ${counted(disagreements.length, 'point')}.`;
  }
  if (!ok) {
    return 'Not verified: Vault could not be asked what the token may do.';
  }
  const agreeing = paths.filter(({ agrees }) => agrees).length;
  const unchecked =
    notChecked.length > 0 ? `; ${counted(notChecked.length, 'point')} could not be checked` : '';
  return `Verified: the policies and ${counted(agreeing, 'path')} agree${unchecked}.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function keyValueTable(report: VerifyReport): string {
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    { caller: report.caller ?? 'unknown' },
    { role: `${report.role} (at auth/${report.mountPath})` },
    ...(report.failure
      ? []
      : [
          { 'token policies': report.tokenPolicies.join(', ') || 'none' },
          { 'identity policies': report.identityPolicies.join(', ') || 'none' },
          { TTL: `${report.ttlSeconds} s` },
        ]),
  );
  return table.toString();
}

function pathTable(paths: readonly PathReport[], paint: ReturnType<typeof createColors>): string {
  const table = new Table({ head: ['path', 'declared', 'in Vault', ''], style: { head: [], border: [] } });
  for (const { path, declared, actual, agrees } of paths) {
    const verdict =
      agrees === undefined
        ? paint.yellow('not checked')
        : agrees
          ? paint.green('agrees')
          : paint.red('differs');
    table.push([path, declared.join(', '), actual?.join(', ') ?? '-', verdict]);
  }
  return table.toString();
}
