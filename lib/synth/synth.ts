import type { App } from 'cdktf';

/** Some construct of the app is not valid. Its message lists every problem, a line each. */
export class InvalidAppError extends Error {
  /** Each as `[construct path] place: rule; got value`. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`${count} found, nothing was written:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'InvalidAppError';
    this.problems = problems;
  }
}

/**
 * Writes the app's stacks, after every construct was checked.
 *
 * `app.synth()` alone stops at the first stack with a problem, with the stacks before it already written.
 *
 * @throws InvalidAppError where any construct has a problem; then nothing is written.
 */
export function synth(app: App): void {
  const problems = app.node
    .findAll()
    .flatMap((construct) =>
      construct.node.validate().map((problem) => `[${construct.node.path}] ${problem}`),
    );
  if (problems.length > 0) {
    throw new InvalidAppError(problems);
  }
  app.synth();
}
