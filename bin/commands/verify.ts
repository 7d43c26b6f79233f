import type { Command } from 'commander';
import { credentialsFromChain, type DeclaredLogin, renderReport, verify } from '../../lib/operate/verify';
import { awsSide, explainLogin, renderExplanation } from '../../lib/operate/runbook';
import { declaredLogin, stackLogin, testUserCredentials } from '../../lib/operate/declared';
import { outdir } from '../../lib/terraform';
import { vaultToken } from '../../lib/vault-api';
import { settings } from '../../settings';
import { colour, interruption, onStep } from '../terminal';

interface Options {
  readonly testUser?: boolean;
  readonly explain?: string;
  readonly role?: string;
  readonly stack?: string;
  readonly json?: boolean;
}

const GUIDE = 'vault-aws-auth';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'log in to the Vault of settings.ts, and compare what the token may do with what is declared',
    )
    .option(
      '--test-user',
      "log in as the deployed stack's test user (default: with the AWS credentials of the environment)",
    )
    .option(
      '--explain <arn>',
      'do not log in; say why this principal can log in or not. Needs VAULT_TOKEN, changes nothing',
    )
    .option(
      '--role <name>',
      'the role to log in by (default: the first of settings.ts, the only one of --stack)',
    )
    .option('--stack <name>', 'your own stack, as it is in cdk.out (default: the stack of settings.ts)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth verify
  npx vault-aws-auth verify --stack my-stack --role billing
  npx vault-aws-auth verify --explain arn:aws:iam::123456789012:user/alice

Exit code: 0 if everything agrees, 1 if something differs or the login fails.
With --explain: 0 if the principal can log in, 1 if it can't or that is not
known. See docs/runbook.md.
With --stack, policies that a login gets by identity groups count as differing.`,
    )
    .action(async ({ testUser, explain, role, stack, json }: Options) => {
      if (explain !== undefined && testUser) {
        throw new Error('--explain needs no credentials of the principal. Leave --test-user out.');
      }
      const signal = interruption();
      const deployed = { name: stack ?? GUIDE, outdir: outdir(), onStep, signal };
      if (explain !== undefined) {
        // A role that the settings lack may be on their mount.
        const login = stack === undefined ? declaredLogin(settings) : await stackLogin(deployed, role);
        await explainPrincipal(explain, stack === undefined && role ? { ...login, role } : login, json);
        return;
      }
      const login = stack === undefined ? declaredLogin(settings, role) : await stackLogin(deployed, role);
      const key = testUser ? await testUserCredentials(deployed.name, deployed.outdir, deployed) : undefined;
      const credentials = key ? () => Promise.resolve(key) : credentialsFromChain();
      const report = await verify(login, credentials, { signal });
      console.log(json ? JSON.stringify(report, null, 2) : renderReport(report, { colour }));
      process.exitCode = report.ok ? 0 : 1;
    });
}

async function explainPrincipal(arn: string, login: DeclaredLogin, json?: boolean): Promise<void> {
  const aws = await awsSide(credentialsFromChain(), login).catch((error: Error) => {
    console.error(`AWS is not asked: ${error.message}`);
    return undefined;
  });
  const explanation = await explainLogin({ ...login, token: vaultToken() }, login.role, arn, aws);
  console.log(json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation));
  process.exitCode = explanation.login === 'yes' ? 0 : 1;
}
