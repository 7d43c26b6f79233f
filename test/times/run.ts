import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { type FileTimes, renderFiles, renderKinds, type StepTime } from './tables';

// `npm run test:times` runs the tests, or those that its arguments name as jest's do, and prints what they took.
// `--save` also writes that down: the sequencer starts the longest files first, and the next run compares with it.
const DURATIONS = join(import.meta.dirname, 'durations.json');

interface JestResults {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly unknown[] }[];
}

const save = process.argv.includes('--save');
const chosen = process.argv.slice(2).filter((argument) => argument !== '--save');

const folder = mkdtempSync(join(tmpdir(), 'times-'));
try {
  const results = join(folder, 'results.json');
  const { exitCode, signal } = await execa('jest', [...chosen, '--json', `--outputFile=${results}`], {
    preferLocal: true,
    env: { TEST_TIMES: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
    reject: false,
  });
  if (!existsSync(results)) {
    throw new Error(`jest ended by ${signal ?? `exit code ${exitCode}`}, without results.`);
  }
  const before = JSON.parse(readFileSync(DURATIONS, 'utf8')) as Record<string, FileTimes>;
  const now: Record<string, FileTimes> = {};
  for (const { file, seconds, cpu } of noted<FileTimes & { file: string }>('files')) {
    now[relative('.', file)] = { seconds: rounded(seconds), cpu: rounded(cpu) };
  }
  const steps = noted<StepTime>('steps').map((step) => ({ ...step, file: relative('.', step.file) }));
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as JestResults;
  const tests = new Map(
    testResults.map(({ name, assertionResults }) => [relative('.', name), assertionResults.length]),
  );
  console.log(renderFiles({ before, now, steps, tests }));
  console.log(renderKinds(steps));
  if (save) {
    const all = Object.entries({ ...before, ...now }).sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(DURATIONS, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
  }
  process.exitCode = exitCode ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** What the processes of jest noted: a line each. */
function noted<T>(kind: 'files' | 'steps'): T[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as T);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
