import type { Command } from 'commander';
import { clearInstance, renderClearInstance } from '../../lib/operate/runbook';
import { methodClient } from '../method-client';

export function addClearInstance(program: Command): void {
  program
    .command('clear-instance')
    .argument('<instance-id>', 'such as i-0123456789abcdef0')
    .description('let an EC2 instance that lost its nonce log in again: delete its access list entry')
    .option('--mount <path>', 'without auth/ (default: the mount of settings.ts)')
    .option('--dry-run', 'show the entry, delete nothing')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  npx vault-aws-auth clear-instance i-0123456789abcdef0 --dry-run

It needs VAULT_TOKEN with read and delete on auth/MOUNT/identity-accesslist/*.
Exit code: 0 if the entry is deleted or was not there, 1 if not. See
docs/runbook.md.`,
    )
    .action(async (instanceId: string, options: { mount?: string; dryRun?: boolean; json?: boolean }) => {
      const report = await clearInstance(methodClient(options), instanceId, options);
      console.log(options.json ? JSON.stringify(report, null, 2) : renderClearInstance(report));
    });
}
