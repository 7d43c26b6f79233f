import { Construct } from 'constructs';
import { InvalidAppError } from './synth';

/** Judges what type a value is of. What is wrong with it, a sentence each; empty where all is well. */
export type TypeCheck = (place: string, value: unknown) => string[];

/** A check for each prop of a construct, so that none is forgotten. */
export type TypeChecks<Props> = Readonly<Record<keyof Required<Props>, TypeCheck>>;

/**
 * Checks once more what the compiler checks, for JavaScript, for casts, and for variables of the environment that are
 * said to be set: an undefined name would else be written as the text 'undefined', or as nothing.
 *
 * Later checks and the construct itself rely on it, so it does not wait for the others.
 *
 * @throws InvalidAppError naming each prop of another type
 */
export function requireTypes<Props extends object>(
  construct: Construct,
  props: Props,
  checks: TypeChecks<Props>,
): void {
  const problems = fields(checks)('', props);
  if (problems.length > 0) {
    throw new InvalidAppError(problems.map((problem) => `[${construct.node.path}] ${problem}`));
  }
}

export const text: TypeCheck = is('a text', (value) => typeof value === 'string');
export const number: TypeCheck = is('a number', (value) => typeof value === 'number');
export const flag: TypeCheck = is('true or false', (value) => typeof value === 'boolean');
export const anything: TypeCheck = () => [];
export const duration: TypeCheck = is('a Duration', (value) => has(value, 'toSeconds'));
export const method: TypeCheck = is('a method', (value) => typeof value === 'function');
export const construct: TypeCheck = is('a construct', (value) => Construct.isConstruct(value));

/** A value of a class. */
export function instanceOf(type: {
  readonly name: string;
  [Symbol.hasInstance](value: unknown): boolean;
}): TypeCheck {
  return is(`a ${type.name}`, (value) => type[Symbol.hasInstance](value));
}

/** One of some texts. */
export function oneOf(...values: readonly string[]): TypeCheck {
  const says = values.map((value) => `'${value}'`).join(' or ');
  return (place, value) => {
    if (typeof value !== 'string') {
      return mustBe(place, says, value);
    }
    return values.includes(value) ? [] : [`${place}: must be ${says}; got '${value}'`];
  };
}

export function optional(check: TypeCheck): TypeCheck {
  return (place, value) => (value === undefined ? [] : check(place, value));
}

/** What one of two checks takes. */
export function either(one: TypeCheck, other: TypeCheck): TypeCheck {
  return (place, value) => (one(place, value).length === 0 ? [] : other(place, value));
}

export function listOf(check: TypeCheck): TypeCheck {
  return (place, value) =>
    Array.isArray(value)
      ? value.flatMap((entry, index) => check(`${place}[${index}]`, entry))
      : mustBe(place, 'a list', value);
}

/** An object whose keys are free. */
export function mapOf(check: TypeCheck): TypeCheck {
  return (place, value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) => check(`${place}.${key}`, entry))
      : mustBe(place, 'an object', value);
}

/** An object of known fields; others in it are left. */
export function fields(checks: Readonly<Record<string, TypeCheck>>): TypeCheck {
  return (place, value) =>
    isObject(value)
      ? Object.entries(checks).flatMap(([name, check]) =>
          check(place === '' ? name : `${place}.${name}`, value[name]),
        )
      : mustBe(place === '' ? 'props' : place, 'an object', value);
}

function is(says: string, fits: (value: unknown) => boolean): TypeCheck {
  return (place, value) => (fits(value) ? [] : mustBe(place, says, value));
}

/** Says of what type a value is, and not the value: it may be a secret at the wrong place. */
function mustBe(place: string, says: string, value: unknown): string[] {
  const got = value === null ? 'null' : Array.isArray(value) ? 'a list' : KINDS[typeof value];
  return [`${place}: must be ${says}; got ${got}`];
}

const KINDS = {
  undefined: 'none',
  object: 'an object',
  boolean: 'a boolean',
  number: 'a number',
  function: 'a function',
  symbol: 'a symbol',
  bigint: 'a bigint',
  string: 'a text',
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: unknown, method: string): boolean {
  return isObject(value) && typeof value[method] === 'function';
}
