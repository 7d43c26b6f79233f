import Table from 'cli-table3';

/** What a test file took, in seconds; `cpu` is that of all its processes together. */
export interface FileTimes {
  readonly seconds: number;
  readonly cpu: number;
}

/** One step of a test, such as one `terraform apply`. */
export interface StepTime {
  readonly file: string;
  readonly kind: string;
  readonly milliseconds: number;
}

export interface Times {
  readonly before: Readonly<Record<string, FileTimes>>;
  readonly now: Readonly<Record<string, FileTimes>>;
  readonly steps: readonly StepTime[];
  /** How many tests a file has. */
  readonly tests: ReadonlyMap<string, number>;
}

const PLAIN = { style: { head: [], border: [] } };

/** A row a file, the longest first: before, now, and in which steps. */
export function renderFiles({ before, now, steps, tests }: Times): string {
  const kinds = [...new Set(steps.map(({ kind }) => kind))].sort();
  const head = ['file', 'tests', 'before s', 'now s', 'before CPU s', 'now CPU s', ...kinds];
  const table = new Table({ head, ...PLAIN });
  const files = Object.entries(now).sort(([, a], [, b]) => b.seconds - a.seconds);
  const inStep = (kind: string, file?: string) =>
    sum(
      steps
        .filter((step) => step.kind === kind && (file === undefined || step.file === file))
        .map(({ milliseconds }) => milliseconds / 1000),
    );
  for (const [file, { seconds, cpu }] of files) {
    const was = before[file];
    table.push([
      file,
      tests.get(file) ?? 0,
      was?.seconds.toFixed(1) ?? '-',
      seconds.toFixed(1),
      was?.cpu.toFixed(1) ?? '-',
      cpu.toFixed(1),
      ...kinds.map((kind) => inStep(kind, file).toFixed(1)),
    ]);
  }
  const known = files.flatMap(([file]) => before[file] ?? []);
  table.push([
    'all',
    sum([...tests.values()]),
    sum(known.map(({ seconds }) => seconds)).toFixed(1),
    sum(files.map(([, { seconds }]) => seconds)).toFixed(1),
    sum(known.map(({ cpu }) => cpu)).toFixed(1),
    sum(files.map(([, { cpu }]) => cpu)).toFixed(1),
    ...kinds.map((kind) => inStep(kind).toFixed(1)),
  ]);
  return table.toString();
}

/** A row a kind of step, the longest first. */
export function renderKinds(steps: readonly StepTime[]): string {
  const table = new Table({ head: ['step', 'times', 'seconds', 'each ms'], ...PLAIN });
  const kinds = new Map<string, number[]>();
  for (const { kind, milliseconds } of steps) {
    kinds.set(kind, [...(kinds.get(kind) ?? []), milliseconds]);
  }
  const rows = [...kinds].sort(([, a], [, b]) => sum(b) - sum(a));
  for (const [kind, each] of rows) {
    table.push([kind, each.length, (sum(each) / 1000).toFixed(1), Math.round(sum(each) / each.length)]);
  }
  return table.toString();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
