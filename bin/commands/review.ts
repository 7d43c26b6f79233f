import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  type Format,
  FORMATS,
  readBaseline,
  render,
  reportOf,
  reviewInputs,
  RULES,
  SEVERITIES,
  type Severity,
  titleOf,
} from '../../lib/review';
import { colour, onStep } from '../terminal';

interface Options {
  readonly format: Format;
  readonly failOn?: Severity;
  readonly baseline?: string;
  readonly out?: string;
}

export function addReview(program: Command): void {
  program
    .command('review')
    .description('say who gains which access by Terraform plans, and what else a person must decide')
    .argument(
      '[plan...]',
      'plan files, or the output of `terraform show -json PLAN` (default: standard input)',
    )
    .addOption(new Option('--format <format>', 'format of the report').choices(FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'end with exit code 2 at this severity or worse').choices(
        SEVERITIES,
      ),
    )
    .option('--baseline <file>', 'accepted findings: JSON, [{ "rule", "about", "reason", "until" }, …]')
    .option('--out <file>', 'write the report to this file')
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth review cdk.out/stacks/vault-aws-auth/plan
  npx vault-aws-auth review --fail-on high --format markdown --out FILE PLAN...

\`terraform\` shows a plan file, in the file's folder or in this one, if it is
initialised. TERRAFORM_BINARY_NAME names another CLI.
If exactly one other plan has a policy that a plan lacks, that one is used, and
marked. Otherwise the policy is not shown.
In a baseline, "about" is an address or a whole sentence, and "until" is the
last day, as YYYY-MM-DD.
Exit code: 0 if nothing is found at the severity of --fail-on or worse, 2 if
something is, 1 if the review failed. See docs/review.md.`,
    )
    .action(async (paths: string[], { format, failOn, baseline, out }: Options) => {
      if (paths.length === 0 && process.stdin.isTTY) {
        throw new Error(
          'Give a plan file, or pipe a plan in: terraform show -json PLAN | vault-aws-auth review',
        );
      }
      const accepted = baseline ? readBaselineFile(baseline) : [];
      const plans = await reviewInputs(paths.length > 0 ? paths : ['-'], { onStep });
      const report = reportOf(plans, accepted);
      const text = render(report, format, { colour: colour && !out, width: process.stdout.columns });
      if (out) {
        writeFileSync(out, text);
        console.error(`${titleOf(report)}: written to ${out}`);
      } else {
        process.stdout.write(text);
      }
      const worst = report.findings.map(({ severity }) => SEVERITIES.indexOf(severity));
      process.exitCode = failOn && worst.some((index) => index <= SEVERITIES.indexOf(failOn)) ? 2 : 0;
    });
}

function readBaselineFile(path: string) {
  return readBaseline(
    readFileSync(path, 'utf8'),
    path,
    RULES.map(({ id }) => id),
  );
}
