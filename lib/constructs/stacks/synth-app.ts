import { App } from 'cdktf';
import { outdir } from '../../terraform';
import { protectLocalState, type StateBackend } from './state-backend';
import { InvalidAppError, synth } from '../checks';

export interface SynthAppOptions {
  /** Where the state is kept: a local folder is made, readable for its owner only. @default local */
  readonly backend?: StateBackend;

  /** Treats a warning that nobody acknowledged as a problem. @default `--strict` on the command line */
  readonly strict?: boolean;
}

/**
 * Writes the stacks of an app, where cdktf says. If they have problems, it prints them without a stack trace, sets
 * exit code 1, and writes nothing.
 */
export function synthApp(declare: (app: App) => void, options: SynthAppOptions = {}): void {
  const { backend, strict = process.argv.includes('--strict') } = options;
  const app = new App({ outdir: outdir(), stackTraces: false });
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
