import type { Command } from 'commander';
import { credentialsFromChain, renderReport, verify } from '../../lib/login';
import { declaredLogin, testUserCredentials } from '../../lib/stacks';
import { settings } from '../../settings';
import { colour, interruption } from '../terminal';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('log in to the Vault of settings.ts and compare what the token may do with what is declared')
    .option(
      '--test-user',
      "as the deployed stack's test user @default the AWS credentials of the environment",
    )
    .option('--json', 'for machines')
    .addHelpText('after', '\nExit code: 0 where all agrees, 1 where something differs or the login fails.')
    .action(async ({ testUser, json }: { testUser?: boolean; json?: boolean }) => {
      const key = testUser ? await testUserCredentials('vault-aws-auth', 'cdk.out') : undefined;
      const credentials = key ? () => Promise.resolve(key) : credentialsFromChain();
      const report = await verify(declaredLogin(settings), credentials, { signal: interruption() });
      console.log(json ? JSON.stringify(report, null, 2) : renderReport(report, { colour }));
      process.exitCode = report.ok ? 0 : 1;
    });
}
