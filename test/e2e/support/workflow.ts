import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';

export interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

/** Runs steps of a workflow file as GitHub's runner does: one job, whose steps hand variables on by a file. */
export class WorkflowJob {
  private readonly folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  private readonly variables = join(this.folder, 'env');
  private readonly workflow: Workflow;

  /** @param file name of a file in examples/workflows */
  constructor(
    file: string,
    private readonly name: string,
  ) {
    const text = readFileSync(join(__dirname, '../../../examples/workflows', file), 'utf8');
    this.workflow = load(text) as Workflow;
    writeFileSync(this.variables, '', { mode: 0o600 });
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
    const lines = readFileSync(this.variables, 'utf8').split('\n').filter(Boolean);
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
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
    const { exitCode, all } = await execa('bash', [...flags, script], {
      env: { ...env, ...this.handedOn, GITHUB_ENV: this.variables },
      extendEnv: false,
      all: true,
      reject: false,
    });
    return { exitCode: exitCode ?? -1, output: all };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
