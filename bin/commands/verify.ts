import type { Command } from 'commander';
import { credentialsFromChain, renderReport, verify } from '../../lib/operate/verify';
import { awsSide, explainLogin, renderExplanation } from '../../lib/operate/runbook';
import { declaredLogin, testUserCredentials } from '../../lib/operate/declared';
import { settings } from '../../settings';
import { operator } from '../operator';
import { colour, interruption } from '../terminal';

interface Options {
  readonly testUser?: boolean;
  readonly explain?: string;
  readonly role?: string;
  readonly json?: boolean;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('log in to the Vault of settings.ts and compare what the token may do with what is declared')
    .option(
      '--test-user',
      "as the deployed stack's test user @default the AWS credentials of the environment",
    )
    .option(
      '--explain <arn>',
      'say instead why this principal can log in or not; needs VAULT_TOKEN, changes nothing',
    )
    .option('--role <name>', 'with --explain: by this role @default the role of settings.ts')
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      '\nExit code: 0 where all agrees, 1 where something differs or the login fails.' +
        '\nWith --explain: 0 where it can log in, 1 where not or where that is not known. See docs/runbook.md.',
    )
    .action(async ({ testUser, explain, role, json }: Options) => {
      if (explain !== undefined) {
        if (testUser) {
          throw new Error('--explain needs no credentials of the principal: leave --test-user out.');
        }
        await explainPrincipal(explain, role, json);
        return;
      }
      if (role !== undefined) {
        throw new Error('--role goes with --explain: a login is verified by the role of settings.ts.');
      }
      const key = testUser ? await testUserCredentials('vault-aws-auth', 'cdk.out') : undefined;
      const credentials = key ? () => Promise.resolve(key) : credentialsFromChain();
      const report = await verify(declaredLogin(settings), credentials, { signal: interruption() });
      console.log(json ? JSON.stringify(report, null, 2) : renderReport(report, { colour }));
      process.exitCode = report.ok ? 0 : 1;
    });
}

async function explainPrincipal(arn: string, role: string | undefined, json?: boolean): Promise<void> {
  const login = declaredLogin(settings);
  const aws = await awsSide(credentialsFromChain(), login).catch((error: Error) => {
    console.error(`AWS is not asked: ${error.message}`);
    return undefined;
  });
  const explanation = await explainLogin(operator({}), role ?? login.role, arn, aws);
  console.log(json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation));
  process.exitCode = explanation.login === 'yes' ? 0 : 1;
}
