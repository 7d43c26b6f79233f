import { type Command, Option } from 'commander';
import {
  type AgentConfig,
  checkAgentConfig,
  describeProblem,
  renderAgentHcl,
  renderAgentJson,
  renderKubernetes,
  renderSystemdUnit,
  withSecretsOf,
  writePrivate,
} from '../../lib/agent';
import { chooseAgent, declaredAgents, guideAgents } from '../../lib/operate/declared';
import { outdir } from '../../lib/terraform';
import { settings } from '../../settings';
import { onStep } from '../terminal';

interface Options {
  readonly role?: string;
  readonly stack?: string;
  readonly agent?: string;
  readonly json?: boolean;
  readonly systemd?: boolean;
  readonly user?: string;
  readonly kubernetes?: boolean;
  readonly iamRole?: string;
  readonly withSecrets?: boolean;
  readonly out?: string;
}

const GUIDE = 'vault-aws-auth';

export function addAgentConfig(program: Command): void {
  program
    .command('agent-config')
    .description('print the configuration of a Vault Agent that logs in to the deployed stack')
    .option('--role <name>', 'log in by this role (default: the only one)')
    .option('--stack <name>', `your own stack that declares a VaultAgent (default: ${GUIDE})`)
    .option('--agent <id>', 'with --stack: the ID of the VaultAgent, if a role has several')
    .option('--json', 'print JSON, which the agent reads, too (default: HCL)')
    .addOption(
      new Option('--systemd', 'print a systemd unit for it, which reads /etc/vault-agent/ROLE.hcl').conflicts(
        'json',
      ),
    )
    .option('--user <name>', 'with --systemd: a user of that machine (default: systemd creates one)')
    .addOption(
      new Option(
        '--kubernetes',
        'print a manifest with it: a Deployment with the agent next to an app',
      ).conflicts(['json', 'systemd']),
    )
    .option('--iam-role <arn>', 'with --kubernetes: the IAM role of the pods (default: a placeholder)')
    .option('--out <file>', 'write to this file, which only its owner can read, and print nothing')
    .option(
      '--with-secrets',
      'with --out: add static credentials from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and for ec2 the nonce from VAULT_AGENT_NONCE (default: the agent finds its own)',
    )
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth agent-config --role dev_role > agent.hcl
  npx vault-aws-auth agent-config --role dev_role --systemd

The names come from the outputs of the stack, which \`npx cdktf deploy\` writes.
Exit code: 0 if it is printed or written, 1 if the stack is not deployed or such
an agent would not log in. See docs/agent.md.`,
    )
    .action(async (options: Options) => {
      const { withSecrets, out } = options;
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
      const text = render(chosen, options);
      if (out === undefined) {
        process.stdout.write(text);
      } else {
        writePrivate(out, text);
        console.error(`Wrote ${out}; only its owner can read it.`);
      }
    });
}

function render(config: AgentConfig, { json, systemd, user, kubernetes, iamRole }: Options): string {
  if (systemd) {
    return renderSystemdUnit(config, { user });
  }
  if (kubernetes) {
    return renderKubernetes(config, { iamRoleArn: iamRole });
  }
  return json ? renderAgentJson(config) : renderAgentHcl(config);
}

async function agentOf({ role, stack, agent }: Options) {
  const deployed = { name: stack ?? GUIDE, outdir: outdir(), onStep };
  const agents = stack === undefined ? await guideAgents(deployed, settings) : await declaredAgents(deployed);
  return chooseAgent(agents, role, agent);
}
