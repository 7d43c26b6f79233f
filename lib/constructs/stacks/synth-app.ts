import { App } from 'cdktf';
import { protectLocalState, type StateBackend } from './state-backend';
import { InvalidAppError, synth } from '../checks';

export interface SynthAppOptions {
  /** Where the state is kept: a local folder is made, readable for its owner only. @default local */
  readonly backend?: StateBackend;

  /** Takes a warning that nobody acknowledged for a problem. @default `--strict` on the command line */
  readonly strict?: boolean;
}

/**
 * Writes the stacks of an app, where cdktf says. What is wrong with them is printed without a stack trace, with
 * exit code 1, and then nothing is written.
 */
export function synthApp(declare: (app: App) => void, options: SynthAppOptions = {}): void {
  const { backend, strict = process.argv.includes('--strict') } = options;
  // cdktf names the folder where it runs this.
  const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? 'cdk.out', stackTraces: false });
  try {
    declare(app);
    synth(app, { strict });
    protectLocalState(app.outdir, backend);
  } catch (error) {
    if (!(error instanceof InvalidAppError)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}
