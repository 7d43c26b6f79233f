import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  type AgentItem,
  type AgentTarget,
  checkAgentText,
  mountPathOf,
  renderAgentFileReport,
} from '../../lib/agent';
import { agentTarget } from '../../lib/constructs/stacks';
import { declaredAgents } from '../../lib/operate/declared';
import { outdir } from '../../lib/terraform';
import { settings } from '../../settings';
import { onStep } from '../terminal';

interface Options {
  readonly stack?: string;
  readonly json?: boolean;
}

export function addAgentCheck(program: Command): void {
  program
    .command('agent-check')
    .description('say what in the configuration of a Vault Agent keeps it from logging in to the stack')
    .argument('<file>', 'HCL or JSON; no secret in it is printed')
    .option(
      '--stack <name>',
      'your own deployed stack that declares a VaultAgent (default: the stack of settings.ts, deployed or not)',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  npx vault-aws-auth agent-check agent.hcl

Exit code: 0 if nothing is wrong, 1 if something is or the file can't be read.`,
    )
    .action(async (file: string, { stack, json }: Options) => {
      const text = readFileSync(file, 'utf8');
      const report = checkAgentText(text, file, await targets(stack));
      console.log(json ? JSON.stringify(report, null, 2) : renderAgentFileReport(report));
      process.exitCode = report.problems.length > 0 ? 1 : 0;
    });
}

/** If the stack has several mounts, the one that the file names, else the first. */
async function targets(stack?: string): Promise<(items: readonly AgentItem[]) => AgentTarget> {
  if (stack === undefined) {
    return () => agentTarget(settings);
  }
  const agents = await declaredAgents({ name: stack, outdir: outdir(), onStep });
  return (items) =>
    (agents.find(({ target }) => `auth/${target.mountPath}` === mountPathOf(items)) ?? agents[0]!).target;
}
