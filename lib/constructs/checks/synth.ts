import type { App } from 'cdktf';
import type { IConstruct } from 'constructs';
import { findWarnings, type FoundWarning, type UnusedAcknowledgement } from './registry';

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

/** What a check of an app found. */
export interface CheckResult {
  /** Each as `[construct path] place: rule; got value`. */
  readonly problems: readonly string[];
  /** Acknowledged ones among them. */
  readonly warnings: readonly FoundWarning[];
  /** Acknowledgements of warnings that are not raised. */
  readonly unused: readonly UnusedAcknowledgement[];
}

export interface CheckOptions {
  /** Treats a warning that nobody acknowledged as a problem. @default false */
  readonly strict?: boolean;
}

/**
 * Checks every construct of an app, and writes nothing.
 *
 * `app.synth()` alone stops at the first stack with a problem, after it has written the stacks before it.
 */
export function check(app: App, { strict = false }: CheckOptions = {}): CheckResult {
  const constructs = app.node.findAll();
  const invalid = constructs.flatMap((construct) =>
    construct.node.validate().map((problem) => `[${construct.node.path}] ${problem}`),
  );
  const { warnings, unused } = findWarnings(constructs);
  const refused = strict ? warnings.filter(({ reason }) => reason === undefined).map(describeWarning) : [];
  return { problems: [...invalid, ...refused], warnings, unused };
}

/** What is checked already while {@link synth} writes: cdktf asks each construct once more. */
let checked: ReadonlySet<IConstruct> = new Set();

/** Whether a construct needs no second check. One that an aspect declares meanwhile needs its first. */
export function isChecked(construct: IConstruct): boolean {
  return checked.has(construct);
}

/**
 * Writes the app's stacks, after every construct was checked.
 *
 * @throws InvalidAppError if any construct has a problem; then nothing is written.
 */
export function synth(app: App, options?: CheckOptions): void {
  const { problems } = check(app, options);
  if (problems.length > 0) {
    throw new InvalidAppError(problems);
  }
  checked = new Set(app.node.findAll());
  try {
    app.synth();
  } finally {
    checked = new Set();
  }
}

/** `[construct path] message (id)`, and what to do. */
export function describeWarning({ construct, id, message }: FoundWarning): string {
  return `[${construct.node.path}] ${message} (${id}); narrow it, or write down the reason: acknowledge: { '${id}': 'reason' }`;
}
