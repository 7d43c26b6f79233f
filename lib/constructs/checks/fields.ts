import type { Precondition, TerraformResourceLifecycle } from 'cdktf';
import type { Construct } from 'constructs';
import { type Field, objectOf } from './field';
import { ofOtherStack } from './same-stack';
import { InvalidAppError, isChecked } from './synth';

/** A row for each prop of a construct, so that none is forgotten. */
export type Rows<Props> = Readonly<Record<keyof Required<Props>, Field>>;

/**
 * The table of a construct's props: the one place that says what each must be.
 *
 * @param passed names of props that are for others, and that are passed over
 */
export function table<Props extends object>(rows: Rows<Props>, passed?: readonly string[]): Field {
  return objectOf(rows, passed);
}

/**
 * Checks again what the compiler checks. This is needed with JavaScript, with casts, and with environment variables
 * that are not set: an undefined name would otherwise be written as the text 'undefined', or as nothing.
 *
 * Later checks and the construct itself rely on it, so it does not wait for the others. The same holds for a construct
 * of another stack, whose values cdktf would make outputs of that stack.
 *
 * @throws InvalidAppError naming each prop of another type, and each construct of another stack
 */
export function requireTypes(construct: Construct, props: object, { type, unknown, rows = {} }: Field): void {
  const problems = type('', props);
  if (problems.length > 0) {
    // A prop is often missing because its name was misspelled.
    refuse(construct, [...(unknown?.('', props) ?? []), ...problems]);
  }
  const given = props as Readonly<Record<string, unknown>>;
  const foreign = Object.entries(rows).flatMap(([name, { inSameStack }]) =>
    inSameStack ? ofOtherStack(construct, name, given[name]) : [],
  );
  if (foreign.length > 0) {
    refuse(construct, foreign);
  }
}

/**
 * Refuses a construct at once, because what follows relies on it.
 *
 * @throws InvalidAppError
 */
export function refuse(construct: Construct, problems: readonly string[]): never {
  throw new InvalidAppError(problems.map((problem) => `[${construct.node.path}] ${problem}`));
}

/**
 * Checks the props of a construct by its table: their types at once, and their names and the rest at synth.
 *
 * @param more what is wrong between several props; is called at synth
 * @returns what Terraform checks of the props that are known only at apply
 * @throws InvalidAppError naming each prop of another type
 */
export function checkFields(
  construct: Construct,
  props: object,
  fields: Field,
  more: () => readonly string[] = () => [],
): readonly Precondition[] {
  requireTypes(construct, props, fields);
  const { unknown, rule, atApply } = fields;
  construct.node.addValidation({
    validate: () =>
      isChecked(construct) ? [] : [...(unknown?.('', props) ?? []), ...(rule?.('', props) ?? []), ...more()],
  });
  return atApply?.('', props) ?? [];
}

/** The lifecycle of a resource that Terraform checks first; none if there is nothing to check. */
export function checkedBy(preconditions: readonly Precondition[]): TerraformResourceLifecycle | undefined {
  return preconditions.length > 0 ? { precondition: [...preconditions] } : undefined;
}
