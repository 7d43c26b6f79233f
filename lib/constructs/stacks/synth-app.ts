import { App } from 'cdktf';
import { outdir } from '../../terraform';
import { type CheckReport, InvalidAppError, synth } from '../checks';
import { checkDeclared } from './check-stack';
import { CHECK_VARIABLE, type CheckLine } from './check-variable';
import { protectLocalState, type StateBackend } from './state-backend';

export interface SynthAppOptions {
  /** Where the state is kept: a local folder is made, readable for its owner only. @default local */
  readonly backend?: StateBackend;

  /** Treats a warning that nobody acknowledged as a problem. @default `--strict` on the command line */
  readonly strict?: boolean;
}

/**
 * Writes the stacks of an app, where cdktf says. If they have problems, it prints them without a stack trace, sets
 * exit code 1, and writes nothing.
 *
 * With VAULT_AWS_AUTH_CHECK in the environment it prints all problems and warnings as a line of JSON, for
 * `vault-aws-auth check --app`, and writes nothing.
 */
export function synthApp(declare: (app: App) => void, options: SynthAppOptions = {}): void {
  const { backend, strict = process.argv.includes('--strict') } = options;
  if (process.env[CHECK_VARIABLE]) {
    const line: CheckLine<CheckReport> = { vaultAwsAuthCheck: checkDeclared(declare) };
    console.log(JSON.stringify(line));
    return;
  }
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
