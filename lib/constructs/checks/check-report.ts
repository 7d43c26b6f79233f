import type { FoundWarning } from './registry';
import type { WarningId } from './warning';
import type { CheckResult } from './synth';

/** What a check found, for machines and for people. */
export interface CheckReport {
  /** Each as `[construct path] place: rule; got value`. */
  readonly problems: readonly string[];
  /** What nobody acknowledged. */
  readonly warnings: readonly ReportedWarning[];
  readonly acknowledged: readonly (ReportedWarning & { readonly reason: string })[];
}

export interface ReportedWarning {
  readonly id: WarningId;
  /** Path of the construct. */
  readonly path: string;
  readonly message: string;
}

/** The result without the constructs, the acknowledged warnings apart. */
export function checkReport({ problems, warnings }: CheckResult): CheckReport {
  const reported = ({ id, construct, message }: FoundWarning) => ({ id, path: construct.node.path, message });
  return {
    problems,
    warnings: warnings.filter(({ reason }) => reason === undefined).map(reported),
    acknowledged: warnings.flatMap((warning) =>
      warning.reason === undefined ? [] : [{ ...reported(warning), reason: warning.reason }],
    ),
  };
}

/** The report as lines for a person. */
export function renderCheck({ problems, warnings, acknowledged }: CheckReport): string {
  const line = ({ id, path, message }: ReportedWarning) => `  [${path}] ${message} (${id})`;
  const sections = [
    [`${count(problems.length, 'problem')}:`, ...problems.map((problem) => `  ${problem}`)],
    [
      `${count(warnings.length, 'warning')}; narrow it, or write down the reason with acknowledge: { 'id': 'reason' }:`,
      ...warnings.map(line),
    ],
    [
      `${count(acknowledged.length, 'warning')} acknowledged:`,
      ...acknowledged.map((warning) => `${line(warning)}\n    because: ${warning.reason}`),
    ],
  ].filter((section) => section.length > 1);
  return sections.length === 0
    ? 'No problems and no warnings.'
    : sections.map((section) => section.join('\n')).join('\n\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
