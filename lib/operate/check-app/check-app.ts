import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckReport } from '../../constructs/checks';
import { CHECK_VARIABLE, type CheckLine } from '../../constructs/stacks';

/**
 * Runs the command of an app, as cdktf runs it, and takes the report of its `synthApp`. What else the app prints goes to
 * the standard error.
 *
 * @param command for the shell, such as `node --import tsx app.ts`
 * @throws Error if the app fails, or does not call `synthApp` exactly once
 */
export async function checkApp(command: string): Promise<CheckReport> {
  // An app without synthApp would write its stacks to cdk.out.
  const folder = mkdtempSync(join(tmpdir(), 'check-app-'));
  try {
    const { execa } = await import('execa');
    const { stdout, stderr, failed, shortMessage } = await execa(command, {
      shell: true,
      reject: false,
      stdin: 'ignore',
      env: { [CHECK_VARIABLE]: '1', CDKTF_OUTDIR: folder },
    });
    const lines = stdout.split('\n');
    const reports = lines.map(reportIn).filter((report) => report !== undefined);
    const others = [...lines.filter((line) => !reportIn(line)), stderr].join('\n').trim();
    if (failed) {
      throw new Error(`The app can't be checked, because it failed: ${shortMessage}\n${others}`.trim());
    }
    if (reports.length !== 1) {
      throw new Error(
        `The app can't be checked, because it calls synthApp ${reports.length === 0 ? 'not at all' : `${reports.length} times`}: declare all stacks in one synthApp((app) => …), from './lib/constructs', in place of new App() and app.synth(). The command was: ${command}`,
      );
    }
    if (others !== '') {
      console.error(others);
    }
    return reports[0]!;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reportIn(line: string): CheckReport | undefined {
  if (!line.startsWith('{"vaultAwsAuthCheck":')) {
    return undefined;
  }
  return (JSON.parse(line) as CheckLine<CheckReport>).vaultAwsAuthCheck;
}
