import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import { type Mutation, refuseUncommitted, textsOf, whileMutated } from './mutate';
import { MUTATIONS } from './mutations';

// `npm run test:mutations` mutates one place after another, and looks whether its end-to-end test fails. First these
// tests run on the code as it is: one that fails anyway shows nothing. Words choose the places that have one of them
// in their path or in that of their test. `--unit` also runs the unit tests that use the file.
const { values, positionals: words } = parseArgs({
  options: { unit: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const chosen = MUTATIONS.filter(
  ({ file, test }) => words.length === 0 || words.some((word) => `${file} ${test}`.includes(word)),
);
const head = ['place', 'mutation', 'e2e caught it?', ...(values.unit ? ['unit caught it?'] : []), 'seconds'];
const table = new Table({ head, style: { head: [], border: [] } });
try {
  if (chosen.length === 0) {
    throw new Error(`No place and no test has one of these in its path: ${words.join(', ')}.`);
  }
  for (const mutation of chosen) {
    textsOf(mutation);
    await refuseUncommitted(mutation);
  }
  console.log('First the tests on the code as it is ...');
  const failing = await endToEnd(chosen);
  if (failing.length > 0) {
    throw new Error(`These fail without a mutation, mend them first:\n${failing.join('\n')}`);
  }
  for (const mutation of chosen) {
    const { file, what } = mutation;
    const begun = Date.now();
    const caught = await whileMutated(mutation, async (signal) => [
      await endToEnd([mutation], signal),
      ...(values.unit ? [await jest(['unit', '--passWithNoTests', '--findRelatedTests', file], signal)] : []),
    ]);
    console.log(`${file}: ${what}\n${caught.flat().join('\n')}`);
    const seconds = Math.round((Date.now() - begun) / 1000);
    table.push([file, what, ...caught.map(({ length }) => (length > 0 ? 'yes' : 'NO')), seconds]);
    process.exitCode = caught[0]!.length > 0 ? process.exitCode : 1;
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
if (table.length > 0) {
  console.log(table.toString());
}

/** The end-to-end tests of these places that fail. */
function endToEnd(mutations: readonly Mutation[], signal?: AbortSignal): Promise<string[]> {
  const titles = mutations.flatMap((each) => each.titles).map((title) => title.replace(/\W/g, '.'));
  const tests = new Set(mutations.map(({ test }) => `test/e2e/${test}`));
  return jest(['e2e', '--testNamePattern', titles.join('|'), '--runTestsByPath', ...tests], signal);
}

/** The tests of a project that fail. @throws Error if a file does not load, or if no test has such a title */
async function jest([project, ...args]: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
  try {
    const output = join(folder, 'results.json');
    const all = ['--ci', '--json', `--outputFile=${output}`, '--selectProjects', project!, ...args];
    await execa('jest', all, { preferLocal: true, stdio: 'ignore', reject: false, cancelSignal: signal });
    signal?.throwIfAborted();
    const { numRuntimeErrorTestSuites: broken, testResults } = JSON.parse(
      readFileSync(output, 'utf8'),
    ) as Results;
    const ran = testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status !== 'pending');
    if (broken > 0 || (ran.length === 0 && project === 'e2e')) {
      throw new Error(`No test ran, or a file does not load: jest ${all.join(' ')}`);
    }
    return ran.flatMap(({ status, fullName }) => (status === 'failed' ? [`  ${project}: ${fullName}`] : []));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Results {
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

interface TestResult {
  readonly status: string;
  readonly fullName: string;
}
