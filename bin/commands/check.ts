import type { Command } from 'commander';
import { checkStack } from '../../lib/constructs/stacks';
import { renderCheck } from '../../lib/constructs/checks';
import { checkApp } from '../../lib/operate/check-app';
import { settings } from '../../settings';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check the stack of settings.ts, and list its warnings and what is acknowledged')
    .option(
      '--app <command>',
      'check your own app, which this command runs (default: the stack of settings.ts)',
    )
    .option('--strict', 'fail on a warning that nobody acknowledged')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth check --strict
  npx vault-aws-auth check --app 'node --import tsx app.ts'

It writes nothing. The app of --app must call synthApp.
Exit code: 0 if there is no problem, 1 if there is one.`,
    )
    .action(async ({ app, strict, json }: { app?: string; strict?: boolean; json?: boolean }) => {
      const report = app === undefined ? checkStack(settings) : await checkApp(app);
      console.log(json ? JSON.stringify(report, null, 2) : renderCheck(report, { strict }));
      process.exitCode = report.problems.length + (strict ? report.warnings.length : 0) > 0 ? 1 : 0;
    });
}
