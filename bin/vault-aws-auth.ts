import { Command } from 'commander';
import { run } from './terminal';

/** In the order of the help. Each loads what it needs and no more: all together take seconds to load. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  verify: async () => (await import('./commands/verify')).addVerify,
  check: async () => (await import('./commands/check')).addCheck,
  adopt: async () => (await import('./commands/adopt')).addAdopt,
  review: async () => (await import('./commands/review')).addReview,
  access: async () => (await import('./commands/access')).addAccess,
  'deployer-policy': async () => (await import('./commands/deployer-policy')).addDeployerPolicy,
  'agent-config': async () => (await import('./commands/agent-config')).addAgentConfig,
  'agent-check': async () => (await import('./commands/agent-check')).addAgentCheck,
  doctor: async () => (await import('./commands/doctor')).addDoctor,
  'end-tokens': async () => (await import('./commands/end-tokens')).addEndTokens,
  'clear-instance': async () => (await import('./commands/clear-instance')).addClearInstance,
  'restore-client': async () => (await import('./commands/restore-client')).addRestoreClient,
};

const program = new Command('vault-aws-auth')
  .description("Vault's AWS auth method as code: checks beside `cdktf deploy`.")
  .showHelpAfterError();

// Where none is named, the help and the message of a wrong name list them all.
const named = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2]);
for (const [, load] of named.length > 0 ? named : Object.entries(COMMANDS)) {
  (await load())(program);
}

run(program);
