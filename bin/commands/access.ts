import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { accessJson, accessPage, accessReport, renderAccess } from '../../lib/access';
import { outdir, readAccessFile, readStates, readSynthesized } from '../../lib/terraform';
import { visibleJson } from '../../lib/output';
import { colour, onStep } from '../terminal';

interface Options {
  readonly state?: boolean;
  readonly principal?: string;
  readonly path?: string;
  readonly json?: boolean;
  readonly html?: string;
}

export function addAccess(program: Command): void {
  program
    .command('access')
    .description('say who can do what in Vault, by the synthesized stacks or by their state')
    .argument(
      '[file...]',
      'cdk.tf.json of stacks, or what `terraform show -json` prints of a state (default: all in cdk.out)',
    )
    .option('--state', 'ask terraform for the state of every stack in cdk.out: what is deployed')
    .option('--principal <text>', 'an ARN: everything that lets it in, as Vault decides; or a part of a name')
    .option('--path <path>', 'who may do what on this one path, such as secret/data/app')
    .addOption(new Option('--json', 'print JSON').conflicts('html'))
    .option('--html <file>', 'write one page to this file: search, picture and table')
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth access --state --html access.html
  npx vault-aws-auth access --path secret/data/app

If exactly one other stack has a policy that a stack lacks, that one is used,
and marked. Otherwise it is not known what the policy gives.
CDKTF_OUTDIR names another folder than cdk.out, TERRAFORM_BINARY_NAME another
CLI for --state.
Exit code: 0 if somebody is found, 2 if nobody is, 1 if the command failed. See
docs/access.md.`,
    )
    .action(async (files: string[], { state, json, html, ...query }: Options) => {
      if (state && files.length > 0) {
        throw new Error(
          '--state is for the stacks in cdk.out. Leave it out: a file is read as what it is, a stack or a state.',
        );
      }
      const report = accessReport(await sources(files, state), query);
      if (html) {
        writeFileSync(html, accessPage(report));
        console.error(`Written to ${html}.`);
      } else {
        console.log(json ? visibleJson(accessJson(report)).trimEnd() : renderAccess(report, { colour }));
      }
      process.exitCode = report.rows.length > 0 ? 0 : 2;
    });
}

async function sources(files: readonly string[], state = false) {
  if (files.length > 0) {
    return files.map(readAccessFile);
  }
  return state ? readStates(outdir(), { onStep }) : readSynthesized(outdir());
}
