import { Command } from 'commander';
import { SandboxFolder, type SandboxRecord } from '../sandbox/sandbox-folder';
import { colour, interruption, run } from './terminal';

// Each command loads what it needs and no more: the whole takes more than a second.
const folder = new SandboxFolder();
const readSettings = async () => (await import('../settings')).settings;

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
    const { exclusively } = await import('../sandbox/commands/exclusively');
    const { up } = await import('../sandbox/commands/up');
    const { record, report } = await exclusively(folder, () =>
      up({ settings: readSettings, folder, signal }),
    );
    const { renderReport } = await import('../lib/operate/verify');
    console.log(`\n${renderReport(report, { colour })}\n`);
    process.exitCode = report.ok ? 0 : 1;
    if (ephemeral) {
      const { down } = await import('../sandbox/commands/down');
      await exclusively(folder, () => down({ folder, signal }));
    } else {
      const { summary } = await import('../sandbox/commands/summary');
      console.log(await summary(record, report));
    }
  });

program
  .command('status')
  .description('say what runs; exit 1 where not all does')
  .option('--json', 'for machines')
  .action(async ({ json }: { json?: boolean }) => {
    const { renderStatus, status } = await import('../sandbox/commands/status');
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
    const { renderReport } = await import('../lib/operate/verify');
    const { verifyTestUser } = await import('../sandbox/test-login');
    const report = await verifyTestUser(await readSettings(), folder, recorded(), interruption());
    console.log(json ? JSON.stringify(report, null, 2) : renderReport(report, { colour }));
    process.exitCode = report.ok ? 0 : 1;
  });

program
  .command('agent')
  .description(
    "start a Vault Agent as the stack's test user, and show its token's TTL and renewals until Ctrl-C",
  )
  .option(
    '--ttl <seconds>',
    'how long its token lives between renewals; 0 for as long as the role says',
    '60',
  )
  .option('--json', 'for machines: a line an event')
  .action(async ({ ttl, json = false }: { ttl: string; json?: boolean }) => {
    if (!/^\d+$/.test(ttl)) {
      throw new Error(`--ttl: must be a whole number of seconds, such as 60; got '${ttl}'`);
    }
    const record = recorded();
    const { agent } = await import('../sandbox/commands/agent');
    const { stdout } = process;
    // It has no end of its own: it goes on until Ctrl-C, or until nobody reads it any more.
    const unread = new AbortController();
    stdout.once('error', () => unread.abort());
    const signal = AbortSignal.any([interruption(), unread.signal]);
    const screen = {
      isTerminal: stdout.isTTY && !json,
      colour,
      json,
      // Asked at each line: a window can change.
      columns: () => stdout.columns,
      write: (text: string) => void stdout.write(text),
    };
    const options = { settings: await readSettings(), folder, record, ttl: Number(ttl) };
    process.exitCode = (await agent(options, screen, signal)) ? 0 : 1;
  });

program
  .command('exec <command> [args...]')
  .description('run vault, terraform, aws, cdktf … with the sandbox in their environment')
  .passThroughOptions()
  .action(async (command: string, args: string[]) => {
    const { exec } = await import('../sandbox/commands/exec');
    process.exitCode = await exec(command, args, folder, recorded());
  });

program
  .command('down')
  .description('destroy the stack, stop the servers, remove their files')
  .action(async () => {
    const { down } = await import('../sandbox/commands/down');
    const { exclusively } = await import('../sandbox/commands/exclusively');
    const wasThere = await exclusively(folder, () => down({ folder, signal: interruption() }));
    console.log(wasThere ? 'Nothing is left of the sandbox.' : 'No sandbox runs here.');
  });

function recorded(): SandboxRecord {
  const record = folder.read();
  if (!record) {
    throw new Error('No sandbox runs here: start it with `npm run sandbox`.');
  }
  return record;
}

run(program);
