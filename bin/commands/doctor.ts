import type { Command } from 'commander';
import { inspectParts, missing, renderDoctor } from '../../sandbox/parts';
import { colour, interruption } from '../terminal';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('list the parts of the sandbox: where each one is and its version, or where it comes from')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code: 0 if the sandbox can start, 1 if something is missing.')
    .action(async ({ json }: { json?: boolean }) => {
      const reports = await inspectParts({ signal: interruption() });
      console.log(json ? JSON.stringify(reports, null, 2) : renderDoctor(reports, { colour }));
      process.exitCode = missing(reports).length > 0 ? 1 : 0;
    });
}
