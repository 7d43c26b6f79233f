import { createColors } from 'picocolors';
import { canonicalArn } from '../../iam';
import type { EndTokensReport } from './end-tokens';
import type { TokenOwner } from './token-match';

/** The report for a person at a terminal. */
export function renderEndTokens(
  report: EndTokensReport,
  owner: TokenOwner,
  { colour }: { readonly colour: boolean },
): string {
  const paint = createColors(colour);
  const { dryRun, examined, matched, ended, notEnded, unclear, interrupted } = report;
  const deleted = Object.entries(report.ofDeletedRoles);
  return [
    `${whose(owner)} at auth/${report.mountPath}: ${matched} of the ${examined} tokens of this Vault.`,
    ...notEnded.map((line) => paint.red(`not ended: ${line}`)),
    ...(unclear > 0
      ? [
          paint.yellow(
            `${unclear} more may be meant and were not ended: iam_metadata of 'auth/${report.mountPath}/config/identity' has no ` +
              "account_id, so a principal of the same name in another account can't be distinguished.",
          ),
        ]
      : []),
    ...deleted.map(([roleId, tokens]) =>
      paint.yellow(`${tokens} are of a role that was deleted or replaced: end them with --role-id ${roleId}`),
    ),
    ...report.notes.map((note) => paint.yellow(note)),
    doorOf(report, owner),
    interrupted
      ? paint.red(`Interrupted: ${ended} ended, the others stay valid.`)
      : dryRun
        ? 'Dry run: none was ended.'
        : paint.green(`${ended} ended, with their children and leases.`),
  ].join('\n');
}

function whose(owner: TokenOwner): string {
  return 'role' in owner ? `Role '${owner.role}'` : `Principal '${canonicalArn(owner.principal)}'`;
}

/** Clients ask for new tokens at once. This says what keeps the next login out. */
function doorOf({ closed, mountPath, dryRun }: EndTokensReport, owner: TokenOwner): string {
  if (closed) {
    return (
      'The door is closed: the role lets nobody in (token_bound_cidrs). The next `npx cdktf deploy` opens it again, also ' +
      'a scheduled one.'
    );
  }
  const open = dryRun
    ? 'The door is open: clients log in again after their tokens end.'
    : 'The door is open: clients can log in again.';
  return 'role' in owner
    ? `${open} Close it first with --close, or delete it: 'vault delete auth/${mountPath}/role/${owner.role}'.`
    : `${open} Remove the principal from the binds and deploy, or deactivate its access keys in AWS, then run this.`;
}
