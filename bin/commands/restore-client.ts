import type { Command } from 'commander';
import { credentialsFromChain } from '../../lib/operate/verify';
import { awsSide, renderRestoreClient, restoreClient } from '../../lib/operate/runbook';
import { declaredLogin } from '../../lib/operate/declared';
import { VAULT_KEY_ADDRESS } from '../../lib/constructs/stacks';
import { settings } from '../../settings';
import { methodClient } from '../method-client';
import { interruption } from '../terminal';

interface Options {
  readonly mount?: string;
  readonly user?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addRestoreClient(program: Command): void {
  program
    .command('restore-client')
    .description("find out whether Vault's own access key is dead, and give Vault a new one if it is")
    .option('--mount <path>', 'without auth/ (default: the mount of settings.ts)')
    .option('--user <name>', "Vault's IAM user (default: the user of settings.ts)")
    .option('--dry-run', 'only find out, and say what to run')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  npx vault-aws-auth restore-client --dry-run

It needs AWS credentials with iam:ListAccessKeys, CreateAccessKey and
DeleteAccessKey on the user, and VAULT_TOKEN with read and update on
auth/MOUNT/config/client and create on auth/MOUNT/role/vault-aws-auth-probe.
Exit code: 0 if AWS accepts Vault's key at the end, 1 if not. See
docs/runbook.md.`,
    )
    .action(async ({ mount, user, dryRun, json }: Options) => {
      const aws = await awsSide(credentialsFromChain(), declaredLogin(settings));
      const userName = user ?? settings.aws?.vaultUser?.userName ?? 'vault_auth';
      const report = await restoreClient(methodClient({ mount }), aws, userName, {
        dryRun,
        signal: interruption(),
        onStep: (step) => console.error(step),
      });
      const terraform = { folder: 'cdk.out/stacks/vault-aws-auth', address: VAULT_KEY_ADDRESS };
      console.log(json ? JSON.stringify(report, null, 2) : renderRestoreClient(report, terraform));
      const answers = report.after ? report.after.answer === 'accepted' : report.state === 'alive';
      process.exitCode = answers ? 0 : 1;
    });
}
