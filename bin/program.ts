import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };

type Commands = Readonly<Record<string, () => Promise<(program: Command) => void>>>;

/** By heading, in the order of the help. Each command loads only what it needs: all together take seconds to load. */
const GROUPS: Readonly<Record<string, Commands>> = {
  'Check and review:': {
    check: async () => (await import('./commands/check')).addCheck,
    review: async () => (await import('./commands/review')).addReview,
    access: async () => (await import('./commands/access')).addAccess,
  },
  'Log in and verify:': {
    verify: async () => (await import('./commands/verify')).addVerify,
  },
  'Take over and deploy:': {
    adopt: async () => (await import('./commands/adopt')).addAdopt,
    'deployer-policy': async () => (await import('./commands/deployer-policy')).addDeployerPolicy,
  },
  'Vault Agent:': {
    'agent-config': async () => (await import('./commands/agent-config')).addAgentConfig,
    'agent-check': async () => (await import('./commands/agent-check')).addAgentCheck,
  },
  'Repair:': {
    'end-tokens': async () => (await import('./commands/end-tokens')).addEndTokens,
    'clear-instance': async () => (await import('./commands/clear-instance')).addClearInstance,
    'restore-client': async () => (await import('./commands/restore-client')).addRestoreClient,
  },
  'Sandbox:': {
    doctor: async () => (await import('./commands/doctor')).addDoctor,
  },
};

/** The command line, with the commands that these arguments need. @param args those of the user */
export async function vaultAwsAuth(args: readonly string[]): Promise<Command> {
  const program = new Command('npx vault-aws-auth')
    .description("Vault's AWS auth method as code: what to run before and after `cdktf deploy`.")
    .version(packageJson.version, '-V, --version', 'print the version')
    // Names only: with their arguments no room is left for the descriptions on a terminal of 80 columns.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showHelpAfterError('Add --help to see the commands and options.');

  const [first = ''] = args;
  const needsAll =
    first !== '--version' &&
    first !== '-V' &&
    !Object.values(GROUPS).some((each) => Object.hasOwn(each, first));
  for (const [heading, commands] of Object.entries(GROUPS)) {
    program.commandsGroup(heading);
    for (const [name, load] of Object.entries(commands)) {
      // The help and the message of a wrong name list them all.
      if (needsAll || name === first) {
        (await load())(program);
      }
    }
  }
  return program.commandsGroup('Help:').helpCommand(true);
}
