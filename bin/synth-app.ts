import { App } from 'cdktf';
import { type Settings, protectLocalState, VaultAwsAuthStack } from '../lib/stacks';
import { InvalidAppError, synth } from '../lib/synth';

/** Writes the stack of these settings. What is wrong with them is printed without a stack trace; exit code 1. */
export function synthApp(settings: Settings): void {
  // cdktf names the folder where it runs this.
  const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? 'cdk.out', stackTraces: false });
  try {
    new VaultAwsAuthStack(app, 'vault-aws-auth', settings);
    synth(app);
    protectLocalState(app.outdir, settings.backend);
  } catch (error) {
    if (!(error instanceof InvalidAppError)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}
