import type { Command } from 'commander';
import { inspectParts, missing, renderDoctor } from '../../sandbox/parts';
import { colour, interruption } from '../terminal';

export function addDoctor(program: Command): void {
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
}
