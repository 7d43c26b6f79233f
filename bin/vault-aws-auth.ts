import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Command } from 'commander';
import { credentialsFromChain, renderReport, verify } from '../lib/login';
import { inspectParts, missing, renderDoctor } from '../lib/sandbox/parts';
import { declaredLogin, testUserCredentials, VaultAwsAuthStack } from '../lib/stacks';
import { check, type CheckReport, checkReport, renderCheck } from '../lib/synth';
import { settings } from '../settings';
import { colour, interruption, run } from './terminal';

const program = new Command('vault-aws-auth')
  .description("Vault's AWS auth method as code: checks beside `cdktf deploy`.")
  .showHelpAfterError();

program
  .command('verify')
  .description('log in to the Vault of settings.ts and compare what the token may do with what is declared')
  .option('--test-user', "as the deployed stack's test user @default the AWS credentials of the environment")
  .option('--json', 'for machines')
  .addHelpText('after', '\nExit code: 0 where all agrees, 1 where something differs or the login fails.')
  .action(async ({ testUser, json }: { testUser?: boolean; json?: boolean }) => {
    const key = testUser ? await testUserCredentials('vault-aws-auth', 'cdk.out') : undefined;
    const credentials = key ? () => Promise.resolve(key) : credentialsFromChain();
    const report = await verify(declaredLogin(settings), credentials, { signal: interruption() });
    console.log(json ? JSON.stringify(report, null, 2) : renderReport(report, { colour }));
    process.exitCode = report.ok ? 0 : 1;
  });

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

program
  .command('doctor')
  .description("list the sandbox's parts: found where, which version, or how each would be got")
  .option('--json', 'for machines')
  .addHelpText('after', '\nExit code: 0 where the sandbox can start, 1 where something is missing.')
  .action(async ({ json }: { json?: boolean }) => {
    const reports = await inspectParts({ signal: interruption() });
    console.log(json ? JSON.stringify(reports, null, 2) : renderDoctor(reports, { colour }));
    process.exitCode = missing(reports).length > 0 ? 1 : 0;
  });

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

run(program);
