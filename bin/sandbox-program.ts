import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { SandboxFolder, type SandboxRecord } from '../sandbox/sandbox-folder';
import { colour, interruption } from './terminal';

// Each command loads only what it needs: everything together takes more than a second.
const folder = new SandboxFolder();
const readSettings = async () => (await import('../settings')).settings;

/** The command line of the sandbox. @param args those of the user: which command comes first decides what `up` takes */
export function sandboxProgram(args: readonly string[]): Command {
  const program = new Command('npm run sandbox --')
    .description('A real Vault and an emulated AWS on this machine, with the stack of settings.ts deployed.')
    .version(packageJson.version, '-V, --version', 'print the version')
    .enablePositionalOptions()
    .showHelpAfterError('Add --help to see the commands and options.')
    .addHelpText(
      'after',
      `
Without a command it does \`up\`.

Examples:
  npm run sandbox
  npm run sandbox -- exec vault auth list`,
    );

  // A wrong name is an unknown command, not an argument of `up`.
  const [first = '-'] = args;

  program.commandsGroup('Start and stop:');

  program
    .command('up', { isDefault: first.startsWith('-') })
    .description(
      'start it, deploy, log in as the test user, and leave it running (what runs already is used)',
    )
    .option('--ephemeral', 'take it down again after the login')
    .action(async ({ ephemeral }: { ephemeral?: boolean }) => {
      if (ephemeral && folder.read()) {
        throw new Error(
          'A sandbox runs here already, and --ephemeral would take it down. Run `npm run sandbox -- down` first.',
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
    .description('say what runs; exit code 1 if not everything does')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { renderStatus, status } = await import('../sandbox/commands/status');
      const now = await status(folder);
      console.log(json ? JSON.stringify(now, null, 2) : renderStatus(now));
      process.exitCode = now.vault?.running && now.moto?.running ? 0 : 1;
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

  program.commandsGroup('Use it:');

  program
    .command('verify')
    .description(
      'log in as the test user, and compare what it gets with what is declared; exit code 1 if they differ',
    )
    .option('--json', 'print JSON')
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
      "run a Vault Agent as the stack's test user until Ctrl-C, and show the TTL and the renewals of its token",
    )
    .option(
      '--ttl <seconds>',
      'how long its token lives between renewals; 0 means as long as the role says',
      '60',
    )
    .option('--json', 'print JSON, one line for each event')
    .action(async ({ ttl, json = false }: { ttl: string; json?: boolean }) => {
      if (!/^\d+$/.test(ttl)) {
        throw new Error(`--ttl: must be a whole number of seconds, such as 60; got '${ttl}'`);
      }
      const record = recorded();
      const { agent } = await import('../sandbox/commands/agent');
      const { stdout } = process;
      // It does not end by itself, but at Ctrl-C, or if nobody reads its output any more.
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
    .description('run vault, terraform, aws, cdktf … in the environment of the sandbox')
    .passThroughOptions()
    .action(async (command: string, args: string[]) => {
      const { exec } = await import('../sandbox/commands/exec');
      process.exitCode = await exec(command, args, folder, recorded());
    });

  return program.commandsGroup('Help:').helpCommand(true);
}

function recorded(): SandboxRecord {
  const record = folder.read();
  if (!record) {
    throw new Error('No sandbox runs here. Start it with `npm run sandbox`.');
  }
  return record;
}
