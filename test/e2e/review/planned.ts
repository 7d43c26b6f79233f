import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../../lib/terraform';
import { FORMATS, type PlanReview, render, reportOf, reviewPlan } from '../../../lib/review';
import type { TestSandbox } from '../support/test-sandbox';

/** Puts a configuration that this project did not write where Terraform runs. */
export function writePlain(sandbox: TestSandbox, configuration: object): void {
  const folder = join(sandbox.folder.cdkOut, 'stacks/plain');
  mkdirSync(folder, { recursive: true });
  const required_providers = { vault: { source: 'hashicorp/vault' }, aws: { source: 'hashicorp/aws' } };
  writeFileSync(
    join(folder, 'main.tf.json'),
    JSON.stringify({ terraform: { required_providers }, provider: { vault: {}, aws: {} }, ...configuration }),
  );
  sandbox.use('plain');
}

/** The review of what Terraform plans now, and all that its formats show of it. */
export async function reviewPlanned(
  sandbox: TestSandbox,
  options: readonly string[],
): Promise<{ review: PlanReview; shown: string }> {
  await sandbox.mustSucceed('plan', '-input=false', '-out=p', ...options);
  const json = await sandbox.mustSucceed('show', '-json', 'p');
  const review = reviewPlan(readPlan(json, 'plan'));
  const report = reportOf([{ name: 'plan', file: 'plan', review }], [], '2026-01-15');
  return { review, shown: FORMATS.map((format) => render(report, format, {})).join('\n') };
}
