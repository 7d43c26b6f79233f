import type { Command } from 'commander';
import {
  checkAgentConfig,
  describeProblem,
  renderAgentHcl,
  renderAgentJson,
  withSecretsOf,
  writePrivate,
} from '../../lib/agent';
import { chooseAgent, declaredAgents, guideAgent } from '../../lib/stacks';
import { settings } from '../../settings';

interface Options {
  readonly role?: string;
  readonly stack?: string;
  readonly agent?: string;
  readonly json?: boolean;
  readonly withSecrets?: boolean;
  readonly out?: string;
}

const GUIDE = 'vault-aws-auth';

export function addAgentConfig(program: Command): void {
  program
    .command('agent-config')
    .description('print the configuration of a Vault Agent that logs in to the deployed stack')
    .option('--role <name>', 'log in by this role @default the only one there is')
    .option('--stack <name>', `a stack of your own that declares a VaultAgent @default ${GUIDE}`)
    .option('--agent <id>', 'with --stack: the VaultAgent of this ID, where a role has several')
    .option('--json', 'as JSON, which the agent reads too @default HCL')
    .option('--out <file>', 'write it there, readable for its owner alone, and print nothing')
    .option(
      '--with-secrets',
      'with --out: put static credentials into it, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the environment; for ec2 the nonce, VAULT_AGENT_NONCE @default the agent finds its own',
    )
    .addHelpText(
      'after',
      '\nNames come from the outputs of the stack, which `npx cdktf deploy` writes.' +
        '\nExit code: 0 where it is printed or written, 1 where the stack is not deployed, or no such agent would log in.',
    )
    .action(async (options: Options) => {
      const { withSecrets, out, json } = options;
      if (withSecrets && out === undefined) {
        throw new Error('--with-secrets needs --out FILE: secrets are not printed.');
      }
      const { config, target } = await agentOf(options);
      const chosen = withSecrets ? withSecretsOf(process.env, config) : config;
      const problems = checkAgentConfig(chosen, target);
      if (problems.length > 0) {
        throw new Error(
          `Such an agent would not work:\n${problems.map((each) => `  ${describeProblem(each)}`).join('\n')}`,
        );
      }
      const text = json ? renderAgentJson(chosen) : renderAgentHcl(chosen);
      if (out === undefined) {
        process.stdout.write(text);
      } else {
        writePrivate(out, text);
        console.error(`Wrote ${out}, readable for its owner alone.`);
      }
    });
}

async function agentOf({ role, stack, agent }: Options) {
  const deployed = { name: stack ?? GUIDE, outdir: 'cdk.out' };
  const agents =
    stack === undefined ? [await guideAgent(deployed, settings)] : await declaredAgents(deployed);
  return chooseAgent(agents, role, agent);
}
