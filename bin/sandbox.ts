import { Command } from 'commander';
import { renderReport } from '../lib/login';
import { down, exec, renderStatus, SandboxFolder, status, summary, up, verifyTestUser } from '../lib/sandbox';
import { settings } from '../settings';
import { colour, interruption, run } from './terminal';

const folder = new SandboxFolder();
const program = new Command('npm run sandbox --')
  .description('A real Vault and an emulated AWS on this machine, with the stack of settings.ts deployed.')
  .enablePositionalOptions()
  .showHelpAfterError();

program
  .command('up', { isDefault: true })
  .description('start it, deploy, log in as the test user, and leave it running (what runs is used again)')
  .option('--ephemeral', 'take it down again after the login')
  .action(async ({ ephemeral }: { ephemeral?: boolean }) => {
    if (ephemeral && folder.read()) {
      throw new Error(
        'A sandbox runs here already, --ephemeral would take it down: `npm run sandbox -- down` first.',
      );
    }
    const signal = interruption();
    const { record, report } = await up({ settings, folder, signal });
    console.log(`\n${renderReport(report, { colour })}\n`);
    process.exitCode = report.ok ? 0 : 1;
    if (ephemeral) {
      await down({ folder, signal });
    } else {
      console.log(await summary(record));
    }
  });

program
  .command('status')
  .description('say what runs; exit 1 where not all does')
  .option('--json', 'for machines')
  .action(async ({ json }: { json?: boolean }) => {
    const now = await status(folder);
    console.log(json ? JSON.stringify(now, null, 2) : renderStatus(now));
    process.exitCode = now.vault?.running && now.moto?.running ? 0 : 1;
  });

program
  .command('verify')
  .description(
    'log in as the test user and compare what it gets with what is declared; exit 1 where they differ',
  )
  .option('--json', 'for machines')
  .action(async ({ json }: { json?: boolean }) => {
    const report = await verifyTestUser(settings, folder, recorded(), interruption());
    console.log(json ? JSON.stringify(report, null, 2) : renderReport(report, { colour }));
    process.exitCode = report.ok ? 0 : 1;
  });

program
  .command('exec <command> [args...]')
  .description('run vault, terraform, aws, cdktf … with the sandbox in their environment')
  .passThroughOptions()
  .action(async (command: string, args: string[]) => {
    process.exitCode = await exec(command, args, folder, recorded());
  });

program
  .command('down')
  .description('destroy the stack, stop the servers, remove their files')
  .action(async () => {
    console.log(
      (await down({ folder, signal: interruption() }))
        ? 'Nothing is left of the sandbox.'
        : 'No sandbox runs here.',
    );
  });

function recorded() {
  const record = folder.read();
  if (!record) {
    throw new Error('No sandbox runs here: start it with `npm run sandbox`.');
  }
  return record;
}

run(program);
