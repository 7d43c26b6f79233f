import { spawnSync } from 'node:child_process';
import { satisfies } from 'semver';

/** The least Terraform that has `terraform_data`; every OpenTofu has it. */
const RANGE = '>=1.4';

/** What the check has found out in this process. */
let problems: readonly string[] | undefined;

/**
 * Why the Terraform of this machine can't apply a stack with `terraform_data`. Terraform is asked once in a process,
 * because each question starts a program, and a stack asks for each of its `terraform_data`, twice a synth.
 */
export function terraformVersionProblems(): string[] {
  problems ??= ask(process.env.TERRAFORM_BINARY_NAME || 'terraform');
  return [...problems];
}

function ask(program: string): string[] {
  const { error, status, stdout } = spawnSync(program, ['version'], { encoding: 'utf8' });
  const version = /\d+\.\d+\.\d+/.exec(stdout ?? '')?.[0];
  if (error || status !== 0 || version === undefined) {
    const seen = error?.message ?? (status === 0 ? 'none' : `exit code ${status}`);
    return [
      `Terraform: \`${program} version\` must print a version; got ${seen}: install Terraform, or name its program in TERRAFORM_BINARY_NAME`,
    ];
  }
  return satisfies(version, RANGE)
    ? []
    : [`Terraform: must be ${RANGE}, which has terraform_data; got ${version} from \`${program} version\``];
}
