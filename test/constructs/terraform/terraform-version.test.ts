import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../../lib/constructs/checks';
import { TerraformData } from '../../../lib/constructs/terraform';
import { shellProgram } from '../../sandbox/parts/support/shell-program';
import { testApp } from '../../support/app';
import { emptyStack } from '../../support/stack';

// The check itself, which the other tests do without.
jest.unmock('../../../lib/constructs/terraform/terraform-version');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'version-'))));
afterEach(() => {
  delete process.env.TERRAFORM_BINARY_NAME;
  rmSync(folder, { recursive: true });
});

/** From now on Terraform is a program of these lines, which notes each start. */
function terraformIs(...lines: string[]): { path: string; starts: () => number } {
  const notes = join(folder, 'starts');
  const path = shellProgram(join(folder, 'terraform'), `echo start >> '${notes}'`, ...lines);
  process.env.TERRAFORM_BINARY_NAME = path;
  return { path, starts: () => readFileSync(notes, 'utf8').trim().split('\n').length };
}

/** What a process finds that has not asked yet. */
async function problemsOfNewProcess(): Promise<string[]> {
  let problems: string[] = [];
  await jest.isolateModulesAsync(async () => {
    const fresh = await import('../../../lib/constructs/terraform/terraform-version');
    problems = fresh.terraformVersionProblems();
  });
  return problems;
}

test.each(['Terraform v1.4.0', 'Terraform v1.11.4', 'OpenTofu v1.6.0'])('%s is new enough', async (line) => {
  terraformIs(`echo '${line}'`);

  expect(await problemsOfNewProcess()).toEqual([]);
});

test('an older Terraform is refused', async () => {
  const { path } = terraformIs('echo "Terraform v1.3.9"');

  expect(await problemsOfNewProcess()).toEqual([
    `Terraform: must be >=1.4, which has terraform_data; got 1.3.9 from \`${path} version\``,
  ]);
});

test.each([
  ['that fails', 'exit 3', 'exit code 3'],
  ['that prints no version', 'echo hello', 'none'],
])('a program %s is refused', async (_, line, seen) => {
  terraformIs(line);

  expect((await problemsOfNewProcess())[0]).toContain(`must print a version; got ${seen}: install Terraform`);
});

test('a Terraform that is not there is refused', async () => {
  process.env.TERRAFORM_BINARY_NAME = join(folder, 'nothing');

  expect((await problemsOfNewProcess())[0]).toContain('ENOENT: install Terraform');
});

test('each terraform_data has the problem, and Terraform is asked once', () => {
  const { starts } = terraformIs('echo "Terraform v1.3.9"');
  const app = testApp();
  for (const name of ['one', 'two']) {
    const stack = emptyStack(app, name);
    new TerraformData(stack, 'first', { input: { name } });
    new TerraformData(stack, 'second', { input: { name } });
  }
  const problems = [...check(app).problems, ...check(app).problems];

  expect(problems.filter((problem) => problem.includes('must be >=1.4'))).toHaveLength(8);
  expect(starts()).toBe(1);
});
