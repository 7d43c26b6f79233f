import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { Command } from 'commander';
import { VaultAwsAuthStack } from '../../lib/stacks';
import { check, type CheckReport, checkReport, renderCheck } from '../../lib/synth';
import { settings } from '../../settings';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check the stack of settings.ts, and list what is wide in it and what was acknowledged')
    .option('--strict', 'fail on a warning that nobody acknowledged')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExit code: 0 where all is well, 1 where not. It writes nothing.')
    .action(({ strict, json }: { strict?: boolean; json?: boolean }) => {
      const report = checkSettings();
      console.log(json ? JSON.stringify(report, null, 2) : renderCheck(report));
      process.exitCode = report.problems.length + (strict ? report.warnings.length : 0) > 0 ? 1 : 0;
    });
}

/** What is wrong with the stack of settings.ts, and what is wide in it. */
function checkSettings(): CheckReport {
  // cdktf makes the folder as soon as there is an app.
  const outdir = mkdtempSync(join(tmpdir(), 'check-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    new VaultAwsAuthStack(app, 'vault-aws-auth', settings);
    return checkReport(check(app));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
