import type { Command } from 'commander';
import { checkStack } from '../../lib/constructs/stacks';
import { renderCheck } from '../../lib/constructs/checks';
import { checkApp } from '../../lib/operate/check-app';
import { checkTypes } from '../../lib/operate/types';
import { settings } from '../../settings';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check the stack of settings.ts and its types, and list warnings and what is acknowledged')
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

It writes nothing. The app of --app must call synthApp; its types are not
checked, tsc does that.
Exit code: 0 if there is no problem, 1 if there is one.`,
    )
    .action(async ({ app, strict, json }: { app?: string; strict?: boolean; json?: boolean }) => {
      const report = app === undefined ? await checkSettingsAndTypes() : await checkApp(app);
      console.log(json ? JSON.stringify(report, null, 2) : renderCheck(report, { strict }));
      process.exitCode = report.problems.length + (strict ? report.warnings.length : 0) > 0 ? 1 : 0;
    });
}

async function checkSettingsAndTypes() {
  const types = checkTypes(process.cwd());
  const found = checkStack(settings);
  return { ...found, problems: [...(await types), ...found.problems] };
}
