import { type CliCommand, type CliOptions, runTerraform } from './run-terraform';

/** What is shown, and what to say if it can't be. */
export interface Shown extends Omit<CliCommand, 'args'> {
  /** A plan file. @default the state */
  readonly plan?: string;
}

/**
 * What `terraform show -json` prints.
 *
 * @throws InvalidInputError if there is no CLI, or if it shows nothing
 */
export function terraformShow({ plan, ...command }: Shown, options: CliOptions): Promise<string> {
  const args = ['show', '-json', ...(plan === undefined ? [] : [plan])] as const;
  return runTerraform({ ...command, args: [...args] }, options);
}
