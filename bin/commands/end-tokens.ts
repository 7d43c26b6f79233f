import type { Command } from 'commander';
import { parsePrincipal } from '../../lib/iam';
import { endTokens, renderEndTokens, type TokenOwner } from '../../lib/operate/runbook';
import { methodClient } from '../method-client';
import { colour, interruption } from '../terminal';

interface Options {
  readonly role?: string;
  readonly roleId?: string;
  readonly principal?: string;
  readonly mount?: string;
  readonly close?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addEndTokens(program: Command): void {
  program
    .command('end-tokens')
    .description('end all tokens of a role or of a principal; deleting a role does not end them')
    .option('--role <name>', 'the tokens that this role issued')
    .option('--role-id <id>', 'with --role: the ID that the role had before it was deleted or written again')
    .option('--principal <arn>', 'the tokens of a user, of a role with all its sessions, or of one session')
    .option('--mount <path>', 'without auth/ (default: the mount of settings.ts)')
    .option('--close', 'with --role: first let nobody log in by it, until the next deploy')
    .option('--dry-run', 'count the tokens, end none')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx vault-aws-auth end-tokens --role dev_role --dry-run
  npx vault-aws-auth end-tokens --principal arn:aws:iam::123456789012:user/alice

It needs VAULT_TOKEN with sudo on auth/token/accessors. Ctrl-C stops between two
tokens.
Exit code: 0 if all tokens that were found are ended, 1 if one is not, 130 after
Ctrl-C. See docs/runbook.md.`,
    )
    .action(async (options: Options) => {
      const owner = ownerOf(options);
      const report = await endTokens(methodClient(options), owner, {
        dryRun: options.dryRun,
        close: options.close,
        signal: interruption(),
        onProgress: progress(),
      });
      console.log(
        options.json ? JSON.stringify(report, null, 2) : renderEndTokens(report, owner, { colour }),
      );
      process.exitCode = report.interrupted ? 130 : report.notEnded.length + report.unclear > 0 ? 1 : 0;
    });
}

function ownerOf({ role, roleId, principal, close }: Options): TokenOwner {
  if ((role === undefined) === (principal === undefined)) {
    throw new Error('Whose tokens? Give either --role NAME or --principal ARN.');
  }
  if (principal === undefined) {
    return { role: role!.toLowerCase(), roleId };
  }
  if (roleId !== undefined || close) {
    throw new Error('--role-id and --close need --role. To keep a principal out, change the binds.');
  }
  return { principal: parsePrincipal(principal) };
}

/** A line every two seconds, on stderr: only the report is on stdout. */
function progress() {
  let last = Date.now();
  return ({ examined, matched, ended }: { examined: number; matched: number; ended: number }) => {
    if (Date.now() - last > 2_000) {
      last = Date.now();
      console.error(`${examined} tokens looked at, ${matched} found, ${ended} ended`);
    }
  };
}
