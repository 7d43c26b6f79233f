import { type Command, Option } from 'commander';
import { renderHcl } from '../../lib/policy';
import { deployerPolicy } from '../../lib/constructs/stacks';
import { settings } from '../../settings';

export function addDeployerPolicy(program: Command): void {
  program
    .command('deployer-policy')
    .description(
      'print the least Vault policy with which Terraform plans or applies the stack of settings.ts',
    )
    .addOption(new Option('--plan', 'to plan, which only reads').conflicts('apply'))
    .option('--apply', 'to apply: create, change and delete (default)')
    .option('--json', 'print the rules as JSON')
    .addHelpText(
      'after',
      `
Example:
  npx vault-aws-auth deployer-policy --plan | vault policy write planner -

It asks no Vault and writes nothing.`,
    )
    .action(({ plan, json }: { plan?: boolean; json?: boolean }) => {
      const rules = deployerPolicy(settings, plan ? 'plan' : 'apply');
      console.log(json ? JSON.stringify(rules, null, 2) : renderHcl(rules));
    });
}
