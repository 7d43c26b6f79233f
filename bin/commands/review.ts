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
import { colour } from '../terminal';

interface Options {
  readonly format: Format;
  readonly failOn?: Severity;
  readonly baseline?: string;
  readonly out?: string;
}

export function addReview(program: Command): void {
  program
    .command('review')
    .description('say in sentences who gains what by Terraform plans, and what else a person must decide')
    .argument('[plan...]', 'plan files, or what `terraform show -json PLAN` prints @default standard input')
    .addOption(new Option('--format <format>', 'of the report').choices(FORMATS).default('text'))
    .addOption(new Option('--fail-on <severity>', 'end with 2 at this severity or worse').choices(SEVERITIES))
    .option('--baseline <file>', 'accepted findings: JSON, [{ "rule", "about", "reason", "until" }, …]')
    .option('--out <file>', 'write the report there')
    .addHelpText(
      'after',
      `
A plan file is shown by \`terraform\` (TERRAFORM_BINARY_NAME names another) in its own folder or in this one, whichever is initialised.
A policy that a plan has not is taken from the only other one that has it, and that is said; else it is not shown.
In a baseline, "about" is an address or a whole sentence, "until" the last day, as YYYY-MM-DD.
Exit code: 0 where nothing is found at the severity of --fail-on or worse, 2 where something is, 1 where the review failed.`,
    )
    .action(async (paths: string[], { format, failOn, baseline, out }: Options) => {
      if (paths.length === 0 && process.stdin.isTTY) {
        throw new Error('Name a plan, or pipe one in: terraform show -json PLAN | vault-aws-auth review');
      }
      const accepted = baseline ? readBaselineFile(baseline) : [];
      const plans = await reviewInputs(paths.length > 0 ? paths : ['-'], {
        onStep: (step) => console.error(`${step} …`),
      });
      const report = await reportOf(plans, accepted);
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
