import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { check, type CheckReport, checkReport, InvalidAppError } from '../checks';
import type { Settings } from './settings';
import { VaultAwsAuthStack } from './vault-aws-auth-stack';

/** The problems and warnings of the stack of these settings. The check leaves no file. */
export function checkStack(settings: Settings): CheckReport {
  return checkDeclared((app) => {
    new VaultAwsAuthStack(app, 'vault-aws-auth', settings);
  });
}

/** The problems and warnings of an app. The check leaves no file. @param declare declares its stacks */
export function checkDeclared(declare: (app: App) => void): CheckReport {
  // cdktf makes the folder as soon as there is an app.
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  try {
    const app = new App({ outdir: folder, stackTraces: false });
    declare(app);
    return checkReport(check(app));
  } catch (error) {
    if (!(error instanceof InvalidAppError)) {
      throw error;
    }
    // Nothing else can be judged, because the app could not be declared.
    return { problems: error.problems, warnings: [], acknowledged: [], unused: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
