import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { PolicyRule } from '../../policy';
import { check, InvalidAppError } from '../checks';
import { deployerRules, type Deployment } from '../vault';
import type { Settings } from './settings';
import { VaultAwsAuthStack } from './vault-aws-auth-stack';

/**
 * What the stack of these settings needs in Vault to be planned, or applied. It leaves no file.
 *
 * @throws InvalidAppError if the settings are not valid
 */
export function deployerPolicy(settings: Settings, deployment: Deployment): PolicyRule[] {
  // cdktf makes the folder as soon as there is an app.
  const outdir = mkdtempSync(join(tmpdir(), 'deployer-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new VaultAwsAuthStack(app, 'vault-aws-auth', settings);
    const { problems } = check(app);
    if (problems.length > 0) {
      throw new InvalidAppError(problems);
    }
    return deployerRules(stack, deployment);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
