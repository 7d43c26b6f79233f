import { type Command, Option } from 'commander';
import { renderHcl } from '../../lib/policy';
import { deployerPolicy } from '../../lib/constructs/stacks';
import { type Deployment, rulesOfSynthesized } from '../../lib/constructs/vault';
import { outdir, readStack } from '../../lib/terraform';
import { settings } from '../../settings';

interface Options {
  readonly plan?: boolean;
  readonly stack?: string;
  readonly json?: boolean;
}

export function addDeployerPolicy(program: Command): void {
  program
    .command('deployer-policy')
    .description(
      'print the least Vault policy with which Terraform plans or applies the stack of settings.ts',
    )
    .addOption(new Option('--plan', 'to plan, which only reads').conflicts('apply'))
    .option('--apply', 'to apply: create, change and delete (default)')
    .option('--stack <name>', 'your own stack, as it is in cdk.out (default: the stack of settings.ts)')
    .option('--json', 'print the rules as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth deployer-policy --plan | vault policy write planner -
  npx vault-aws-auth deployer-policy --stack my-stack

It asks no Vault and writes nothing. With --stack, run \`npx cdktf synth\` first.
CDKTF_OUTDIR names another folder than cdk.out.`,
    )
    .action(({ plan, stack, json }: Options) => {
      const deployment: Deployment = plan ? 'plan' : 'apply';
      const rules =
        stack === undefined
          ? deployerPolicy(settings, deployment)
          : rulesOfSynthesized(readStack(outdir(), stack), deployment);
      console.log(json ? JSON.stringify(rules, null, 2) : renderHcl(rules));
    });
}
