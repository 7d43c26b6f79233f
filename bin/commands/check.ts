import type { Command } from 'commander';
import { checkStack } from '../../lib/constructs/stacks';
import { renderCheck } from '../../lib/constructs/checks';
import { settings } from '../../settings';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check the stack of settings.ts, and list what is wide in it and what was acknowledged')
    .option('--strict', 'fail on a warning that nobody acknowledged')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExit code: 0 where all is well, 1 where not. It writes nothing.')
    .action(({ strict, json }: { strict?: boolean; json?: boolean }) => {
      const report = checkStack(settings);
      console.log(json ? JSON.stringify(report, null, 2) : renderCheck(report));
      process.exitCode = report.problems.length + (strict ? report.warnings.length : 0) > 0 ? 1 : 0;
    });
}
