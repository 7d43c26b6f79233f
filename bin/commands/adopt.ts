import { IAMClient } from '@aws-sdk/client-iam';
import type { Command } from 'commander';
import { adopt, renderAdoption, writeFiles } from '../../lib/operate/adopt';
import { vaultToken } from '../../lib/vault-api';
import { interruption } from '../terminal';

interface Options {
  readonly mount: string;
  readonly role?: string;
  readonly testUser: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addAdopt(program: Command): void {
  program
    .command('adopt')
    .description(
      'write the settings.ts of a method that was set up by hand, so that Terraform takes it over unchanged',
    )
    .option('--mount <path>', 'where the method is mounted, without auth/', 'aws_test')
    .option('--role <name>', 'the role of the stack (default: the only one of type iam)')
    .option('--test-user <name>', 'the IAM user to test with, if it exists', 'dev_account')
    .option('--dry-run', 'print the files, write nothing')
    .option('--force', 'replace the existing settings.ts')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  npx vault-aws-auth adopt --mount aws --dry-run

It reads Vault (VAULT_ADDR, VAULT_TOKEN) and IAM (the usual AWS variables and
profiles), and changes neither.
Exit code: 0 if everything can be taken over, 1 if not; then nothing is written.`,
    )
    .action(async ({ mount, role, testUser, dryRun, force, json }: Options) => {
      const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
      const region = AWS_REGION ?? AWS_DEFAULT_REGION;
      const adoption = await adopt({
        vault: vaultOfEnvironment(),
        iam: new IAMClient({ region: region ?? 'us-east-1' }),
        mountPath: mount,
        roleName: role,
        testUserName: testUser,
        region,
      });
      if (!dryRun) {
        writeFiles('.', adoption.files, force ?? false);
      }
      if (json) {
        console.log(JSON.stringify(adoption, null, 2));
        return;
      }
      if (dryRun) {
        console.log(Object.entries(adoption.files).map(renderFile).join('\n'));
      }
      console.log(renderAdoption(adoption, !dryRun));
    });
}

function vaultOfEnvironment() {
  const { VAULT_ADDR, VAULT_NAMESPACE } = process.env;
  if (!VAULT_ADDR) {
    throw new Error('Set VAULT_ADDR and VAULT_TOKEN: they say which Vault is read, and with which token.');
  }
  return {
    vaultAddress: VAULT_ADDR,
    namespace: VAULT_NAMESPACE,
    token: vaultToken(),
    signal: interruption(),
  };
}

function renderFile([path, text]: [string, string]): string {
  return `--- ${path} ---\n${text}`;
}
