import { type Command, Option } from 'commander';
import { renderHcl } from '../../lib/policy';
import { deployerPolicy } from '../../lib/constructs/stacks';
import { settings } from '../../settings';

export function addDeployerPolicy(program: Command): void {
  program
    .command('deployer-policy')
    .description(
      'print the least Vault policy by which Terraform plans, or applies, the stack of settings.ts',
    )
    .addOption(new Option('--plan', 'to plan, which reads only').conflicts('apply'))
    .option('--apply', 'to apply: make, change and delete @default')
    .option('--json', 'the rules, for machines')
    .addHelpText(
      'after',
      '\nIt asks no Vault and writes nothing: npx vault-aws-auth deployer-policy --plan | vault policy write planner -',
    )
    .action(({ plan, json }: { plan?: boolean; json?: boolean }) => {
      const rules = deployerPolicy(settings, plan ? 'plan' : 'apply');
      console.log(json ? JSON.stringify(rules, null, 2) : renderHcl(rules));
    });
}
