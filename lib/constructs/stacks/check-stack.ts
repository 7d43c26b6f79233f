import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { check, type CheckReport, checkReport, InvalidAppError } from '../checks';
import type { Settings } from './settings';
import { VaultAwsAuthStack } from './vault-aws-auth-stack';

/** The problems and warnings of the stack of these settings. The check leaves no file. */
export function checkStack(settings: Settings): CheckReport {
  // cdktf makes the folder as soon as there is an app.
  const outdir = mkdtempSync(join(tmpdir(), 'check-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    new VaultAwsAuthStack(app, 'vault-aws-auth', settings);
    return checkReport(check(app));
  } catch (error) {
    if (!(error instanceof InvalidAppError)) {
      throw error;
    }
    // Nothing else can be judged, because the stack could not be declared.
    return { problems: error.problems, warnings: [], acknowledged: [], unused: [] };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
