import type { Command } from 'commander';
import { checkStack } from '../../lib/constructs/stacks';
import { renderCheck } from '../../lib/constructs/checks';
import { settings } from '../../settings';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check the stack of settings.ts, and list its warnings and what is acknowledged')
    .option('--strict', 'fail on a warning that nobody acknowledged')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  npx vault-aws-auth check --strict

It writes nothing.
Exit code: 0 if there is no problem, 1 if there is one.`,
    )
    .action(({ strict, json }: { strict?: boolean; json?: boolean }) => {
      const report = checkStack(settings);
      console.log(json ? JSON.stringify(report, null, 2) : renderCheck(report));
      process.exitCode = report.problems.length + (strict ? report.warnings.length : 0) > 0 ? 1 : 0;
    });
}
