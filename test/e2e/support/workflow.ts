import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { timed } from './times';

type Variables = Readonly<Record<string, string>>;

export interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Variables;
  readonly env?: Variables;
}

interface Workflow {
  readonly env?: Variables;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, { readonly env?: Variables; readonly steps: readonly Step[] }>>;
}

export interface JobOptions {
  /** The job's checkout. @default this one */
  readonly cwd?: string;
  /** What the expressions in variables are worth: of `${{ github.token }}`, `github.token`. */
  readonly expressions?: Variables;
}

/** Runs steps of a workflow file as GitHub's runner does: one job, whose steps hand variables on by a file. */
export class WorkflowJob {
  private readonly folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  private readonly variables = join(this.folder, 'env');
  private readonly outputFile = join(this.folder, 'output');
  private readonly summaryFile = join(this.folder, 'summary');
  private readonly workflow: Workflow;

  /** @param file name of a file in examples/workflows */
  constructor(
    file: string,
    private readonly name: string,
    private readonly options: JobOptions = {},
  ) {
    const text = readFileSync(join(__dirname, '../../../examples/workflows', file), 'utf8');
    this.workflow = load(text) as Workflow;
    for (const each of [this.variables, this.outputFile, this.summaryFile]) {
      writeFileSync(each, '', { mode: 0o600 });
    }
  }

  /** @throws Error where the job has no step of this name */
  step(name: string): Step {
    const step = this.workflow.jobs[this.name]!.steps.find((each) => each.name === name);
    if (step === undefined) {
      throw new Error(`The job ${this.name} has no step '${name}'.`);
    }
    return step;
  }

  /** What the steps so far have set for those that come. */
  get handedOn(): Record<string, string> {
    return assignments(this.variables);
  }

  /** What the steps so far have put out, whichever it was. */
  get outputs(): Record<string, string> {
    return assignments(this.outputFile);
  }

  /** What the steps so far have put on the run's page. */
  get summary(): string {
    return readFileSync(this.summaryFile, 'utf8');
  }

  /**
   * Runs the script of a step.
   *
   * @param more arguments that its last command gets on top, such as where the sandbox is
   * @returns its exit code and all that it printed
   */
  async run(
    name: string,
    env: Readonly<Record<string, string>>,
    more: readonly string[] = [],
  ): Promise<{ exitCode: number; output: string }> {
    const script = join(this.folder, 'step.sh');
    const quoted = more.map((argument) => ` '${argument}'`).join('');
    writeFileSync(script, `${this.step(name).run!.trimEnd()}${quoted}\n`);
    // Where no shell is named, the runner's bash goes on after a command in a pipe has failed.
    // Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const named = this.workflow.defaults?.run?.shell === 'bash';
    const flags = named ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
    const declared = { ...this.workflow.env, ...this.workflow.jobs[this.name]!.env };
    const options = {
      cwd: this.options.cwd,
      env: {
        ...this.evaluate(Object.entries(declared).filter(([variable]) => !(variable in env))),
        ...env,
        ...this.handedOn,
        ...this.evaluate(Object.entries(this.step(name).env ?? {})),
        GITHUB_ENV: this.variables,
        GITHUB_OUTPUT: this.outputFile,
        GITHUB_STEP_SUMMARY: this.summaryFile,
      },
      extendEnv: false,
      all: true,
      reject: false,
    } as const;
    const { exitCode, all } = await timed('workflow step', async () =>
      execa('bash', [...flags, script], options),
    );
    return { exitCode: exitCode ?? -1, output: all };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private evaluate(variables: readonly [string, string][]): Record<string, string> {
    return Object.fromEntries(
      variables.map(([variable, value]) => [
        variable,
        value.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
          const worth = this.options.expressions?.[expression];
          if (worth === undefined) {
            throw new Error(`${variable}: nobody said what ${expression} is.`);
          }
          return worth;
        }),
      ]),
    );
  }
}

function assignments(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
}
