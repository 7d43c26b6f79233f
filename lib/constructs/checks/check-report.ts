import type { FoundWarning } from './registry';
import type { WarningId } from './warning';
import type { CheckOptions, CheckResult } from './synth';

/** What a check found, for machines and for people. */
export interface CheckReport {
  /** Each as `[construct path] place: rule; got value`. */
  readonly problems: readonly string[];
  /** What nobody acknowledged. */
  readonly warnings: readonly ReportedWarning[];
  readonly acknowledged: readonly (ReportedWarning & { readonly reason: string })[];
  /** Acknowledgements of warnings that are not raised. Another environment may raise them. */
  readonly unused: readonly Pick<ReportedWarning, 'id' | 'path'>[];
}

export interface ReportedWarning {
  readonly id: WarningId;
  /** Path of the construct. */
  readonly path: string;
  readonly message: string;
}

/** The result without the constructs, the acknowledged warnings apart. */
export function checkReport({ problems, warnings, unused }: CheckResult): CheckReport {
  const reported = ({ id, construct, message }: FoundWarning) => ({ id, path: construct.node.path, message });
  return {
    problems,
    warnings: warnings.filter(({ reason }) => reason === undefined).map(reported),
    acknowledged: warnings.flatMap((warning) =>
      warning.reason === undefined ? [] : [{ ...reported(warning), reason: warning.reason }],
    ),
    unused: unused.map(({ id, construct }) => ({ id, path: construct.node.path })),
  };
}

/** The report as lines for a person. @param strict whether warnings fail the check */
export function renderCheck(report: CheckReport, { strict = false }: CheckOptions = {}): string {
  const { problems, warnings, acknowledged, unused } = report;
  const line = ({ id, path, message }: ReportedWarning) => `  [${path}] ${message} (${id})`;
  const sections = [
    [`${count(problems.length, 'problem')}:`, ...problems.map((problem) => `  ${problem}`)],
    [
      `${count(warnings.length, 'warning')}; narrow it, or write down the reason with ${acknowledgementOf(warnings)}:`,
      ...warnings.map(line),
      ...(strict && warnings.length > 0
        ? ['--strict fails this check, because nobody acknowledged what is listed here.']
        : []),
    ],
    [
      `${count(acknowledged.length, 'warning')} acknowledged:`,
      ...acknowledged.map((warning) => `${line(warning)}\n    because: ${warning.reason}`),
    ],
    [
      `${count(unused.length, 'acknowledgement')} of what is not raised here; remove it, unless another environment raises it:`,
      ...unused.map(({ id, path }) => `  [${path}] ${id}`),
    ],
  ].filter((section) => section.length > 1);
  return sections.length === 0
    ? 'No problems and no warnings.'
    : sections.map((section) => section.join('\n')).join('\n\n');
}

/** As it is written in code, with the ids of these warnings. */
function acknowledgementOf(warnings: readonly ReportedWarning[]): string {
  const ids = [...new Set(warnings.map(({ id }) => id))];
  return `acknowledge: { ${ids.map((id) => `'${id}': 'reason'`).join(', ')} }`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
