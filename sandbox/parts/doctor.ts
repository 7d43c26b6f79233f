import colors from 'picocolors';
import { duration } from './duration';
import { missing, type PartReport } from './inspect';

/**
 * The reports as aligned lines for a person. The last line says whether the sandbox can start.
 */
export function renderDoctor(reports: readonly PartReport[], { colour }: { colour: boolean }): string {
  const paint = colors.createColors(colour);
  const mark = { ok: paint.green('✓'), todo: paint.yellow('↓'), bad: paint.red('✗') };
  const names = width(reports.map(({ name }) => name));
  const whats = width(reports.map(what));
  const lines = reports.flatMap((report) => {
    const { status, passedOver = [] } = report;
    const sign =
      status === 'missing' ? mark.bad : status === 'fetch' || status === 'build' ? mark.todo : mark.ok;
    const notes = [
      ...(status === 'missing' ? [report.advice ?? ''] : []),
      ...passedOver.map((reason) => `passed over: ${reason}`),
    ];
    return [
      `${sign} ${report.name.padEnd(names)}  ${what(report).padEnd(whats)}  ${where(report)}`.trimEnd(),
      ...notes.map((note) => paint.dim(`${' '.repeat(names + 4)}${note}`)),
    ];
  });
  return [...lines, '', verdict(reports)].join('\n');
}

function what({ name, status, product = name, version }: PartReport): string {
  if (status === 'missing') return 'missing';
  if (status === 'unneeded') return 'not needed';
  return product === name ? `${version}` : `${product.replace(/^terraform-provider-/, '')} ${version}`;
}

function where({ status, path, source, typicalSeconds, problem }: PartReport): string {
  switch (status) {
    case 'found':
      return `at ${path}`;
    case 'cached':
      return `in the cache: ${path}`;
    case 'fetch':
      return `to be downloaded from ${source}, ${duration(typicalSeconds ?? 0)}`;
    case 'build':
      return `to be built from ${source}, ${duration(typicalSeconds ?? 0)}`;
    case 'missing':
      return problem ?? '';
    case 'unneeded':
      return '';
  }
}

function verdict(reports: readonly PartReport[]): string {
  const lacking = missing(reports);
  if (lacking.length > 0) {
    return `npm run sandbox can't start: ${lacking.map(({ name }) => name).join(', ')} missing.`;
  }
  const seconds = reports.reduce((sum, { typicalSeconds = 0 }) => sum + typicalSeconds, 0);
  return seconds === 0
    ? 'npm run sandbox can start.'
    : `npm run sandbox can start. It first gets what is missing, ${duration(seconds)}.`;
}

function width(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}
