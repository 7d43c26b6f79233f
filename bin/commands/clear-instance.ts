import type { Command } from 'commander';
import { clearInstance, renderClearInstance } from '../../lib/operate/runbook';
import { operator } from '../operator';

export function addClearInstance(program: Command): void {
  program
    .command('clear-instance')
    .argument('<instance-id>', 'such as i-0123456789abcdef0')
    .description('let an EC2 instance log in again whose nonce is lost: clear its access list entry')
    .option('--mount <path>', 'without auth/ @default the mount of settings.ts')
    .option('--dry-run', 'show the entry, and let it stay')
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      '\nIt needs VAULT_TOKEN with read and delete on auth/MOUNT/identity-accesslist/*.' +
        '\nExit code: 0 where the entry is cleared or was not there, 1 where not.\nSee docs/runbook.md.',
    )
    .action(async (instanceId: string, options: { mount?: string; dryRun?: boolean; json?: boolean }) => {
      const report = await clearInstance(operator(options), instanceId, options);
      console.log(options.json ? JSON.stringify(report, null, 2) : renderClearInstance(report));
    });
}
