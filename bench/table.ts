import Table from 'cli-table3';

/** One line of the bench: a ratio of two measurements of the same run, and its bound. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly value: number;
  /** @default no bound */
  readonly atMost?: number;
}

export function render(rows: readonly Row[]): string {
  const table = new Table({
    head: ['what', 'measured', 'ratio', 'at most', ''],
    style: { head: [], border: [] },
  });
  for (const { what, measured, value, atMost } of rows) {
    const verdict = atMost === undefined ? '' : value <= atMost ? 'ok' : 'MISSED';
    table.push([what, measured, value.toFixed(2), atMost?.toFixed(2) ?? '-', verdict]);
  }
  return table.toString();
}
