import { type Precondition, Token } from 'cdktf';
import { Construct } from 'constructs';
import { didYouMean } from './nearest';
import {
  fits,
  preconditionOf,
  preconditionOfEach,
  preconditionOfEmpty,
  problemOf,
  type ValueRule,
} from './value-rule';

/** Checks a value. Returns what is wrong with it, a sentence each; empty if nothing is. */
export type Check = (place: string, value: unknown) => readonly string[];

/** What a prop must be. It is written once, and checked three times. */
export interface Field {
  /** Checked as soon as the value is given, because all that follows relies on its type. */
  readonly type: Check;
  /** Finds what is written and would be ignored: the fields that an object has no row for. @default none */
  readonly unknown?: Check;
  /** Checked at synth. What is known only at apply is let through. @default every value of the type is right */
  readonly rule?: Check;
  /** Checked by Terraform: what is known only at apply. @default nothing is checked */
  readonly atApply?: (place: string, value: unknown) => readonly Precondition[];
  /** The rule of a text, for a list of them that is a reference as a whole. */
  readonly value?: ValueRule;
  /** It is a construct of the same stack as the one that is given it. @default not checked */
  readonly inSameStack?: boolean;
  /** The rows of a table, or the one of a list or map. */
  readonly rows?: Readonly<Record<string, Field>>;
}

const NONE: readonly never[] = [];

export const anything: Field = { type: () => NONE };
export const text = ofType('a text', (value) => typeof value === 'string');
export const number = ofType('a number', (value) => typeof value === 'number');
/** A flag that is known at synth, because it decides what is declared. */
export const flag: Field = {
  type: (place, value) => {
    if (typeof value === 'boolean') {
      return NONE;
    }
    return Token.isUnresolved(value)
      ? [`${place}: must be known at synth, because it decides what is declared; got a reference`]
      : mustBe(place, 'true or false', value);
  },
};
/** The same, or a reference to one, for a flag that only Terraform needs to know. */
export const lateFlag: Field = {
  type: (place, value) => (Token.isUnresolved(value) ? NONE : flag.type(place, value)),
};
export const duration = ofType(
  'a Duration',
  (value) => isObject(value) && typeof value.toSeconds === 'function',
);
/** A construct of the same stack. */
export const construct: Field = {
  ...ofType('a construct', (value) => Construct.isConstruct(value)),
  inSameStack: true,
};

/** A value of a class. */
export function instanceOf(type: {
  readonly name: string;
  [Symbol.hasInstance](value: unknown): boolean;
}): Field {
  return ofType(`a ${type.name}`, (value) => type[Symbol.hasInstance](value));
}

/** One of some texts. */
export function oneOf(...values: readonly string[]): Field {
  const says = values.map((value) => `'${value}'`).join(' or ');
  return {
    type: (place, value) => {
      if (typeof value !== 'string') {
        return mustBe(place, says, value);
      }
      return values.includes(value)
        ? NONE
        : [`${place}: must be ${says}; got '${value}'${didYouMean(value, values)}`];
    },
  };
}

/** A text that follows a rule. */
export function matching(rule: ValueRule): Field {
  return {
    ...text,
    value: rule,
    rule: (place, value) => {
      // First the check that most texts pass, because looking for references takes longer.
      if (typeof value === 'string' && fits(rule, value)) {
        return NONE;
      }
      const problem = Token.isUnresolved(value) ? undefined : problemOf(rule, place, value);
      return problem === undefined ? NONE : [problem];
    },
    atApply: (place, value) =>
      Token.isUnresolved(value) ? [preconditionOf(rule, place, value as string)] : NONE,
  };
}

/** A text that follows a rule and is known at synth. */
export function knownAtSynth(rule: ValueRule): Field {
  const known = { ...rule, also: (value: string) => !Token.isUnresolved(value) };
  return withRule(text, (place, value: string) => problemOf(known, place, value) ?? NONE);
}

/** A field with one more rule at synth. @param rule what is wrong: a sentence, or several */
export function withRule<T>(
  field: Field,
  rule: (place: string, value: T) => string | readonly string[],
): Field {
  return {
    ...field,
    rule: (place, value) => [...(field.rule?.(place, value) ?? NONE), ...[rule(place, value as T)].flat()],
  };
}

export function optional({ type, unknown, rule, atApply, ...field }: Field): Field {
  const given =
    <R>(judge: (place: string, value: unknown) => readonly R[]) =>
    (place: string, value: unknown): readonly R[] =>
      value === undefined ? NONE : judge(place, value);
  return {
    ...field,
    type: given(type),
    unknown: unknown && given(unknown),
    rule: rule && given(rule),
    atApply: atApply && given(atApply),
  };
}

/** What one of two fields takes. */
export function either(one: Field, other: Field): Field {
  const taken = (value: unknown) => (one.type('', value).length === 0 ? one : other);
  return {
    value: one.value ?? other.value,
    rows: { ...one.rows, ...other.rows },
    type: (place, value) => taken(value).type(place, value),
    unknown: (place, value) => taken(value).unknown?.(place, value) ?? NONE,
    rule: (place, value) => taken(value).rule?.(place, value) ?? NONE,
    atApply: (place, value) => taken(value).atApply?.(place, value) ?? NONE,
  };
}

/** A list, or a reference to one. */
export function listOf(entry: Field): Field {
  const { type, unknown, rule, atApply, value: ofEach } = entry;
  return {
    rows: { '0': entry },
    type: (place, value) =>
      Array.isArray(value) ? each(place, value, type) : mustBe(place, 'a list', value),
    unknown: unknown && ((place, value) => (Array.isArray(value) ? each(place, value, unknown) : NONE)),
    rule: rule && ((place, value) => (Token.isUnresolved(value) ? NONE : each(place, value, inList(rule)))),
    atApply:
      atApply &&
      ((place, value) => {
        if (Token.isUnresolved(value)) {
          return ofEach ? [preconditionOfEach(ofEach, place, value as string[])] : NONE;
        }
        return each(place, value, atApply);
      }),
  };
}

/** A list that has entries. @param sentence why, for the message */
export function notEmpty(list: Field, sentence: string): Field {
  return {
    ...withRule(list, (place, value: readonly unknown[]) =>
      value.length === 0 ? `${place}: ${sentence}` : NONE,
    ),
    atApply: (place, value) => [
      ...(list.atApply?.(place, value) ?? NONE),
      ...(Token.isUnresolved(value) ? [preconditionOfEmpty(place, sentence, value as string[])] : NONE),
    ],
  };
}

/** An object whose keys are free. */
export function mapOf(entry: Field): Field {
  const of = <R>(place: string, value: unknown, judge: (place: string, value: unknown) => readonly R[]) =>
    Object.entries(value as object).flatMap(([key, each]) => judge(`${place}.${key}`, each));
  const { type, unknown, rule, atApply } = entry;
  return {
    rows: { KEY: entry },
    type: (place, value) => (isObject(value) ? of(place, value, type) : mustBe(place, 'an object', value)),
    unknown: unknown && ((place, value) => (isObject(value) ? of(place, value, unknown) : NONE)),
    rule: rule && ((place, value) => of(place, value, rule)),
    atApply: atApply && ((place, value) => of(place, value, atApply)),
  };
}

/**
 * An object of known fields. A field with a value and without a row is a mistake, because nothing would read it.
 *
 * @param passed names of fields that are for others, and that are passed over
 */
export function objectOf(rows: Readonly<Record<string, Field>>, passed: readonly string[] = []): Field {
  const of = <R>(judges: readonly [string, (place: string, value: unknown) => readonly R[]][]) =>
    judges.length === 0
      ? undefined
      : (place: string, value: unknown): readonly R[] => {
          let found: R[] | undefined;
          for (const [name, judge] of judges) {
            const more = judge(below(place, name), (value as Record<string, unknown>)[name]);
            if (more.length > 0) {
              found = found ? [...found, ...more] : [...more];
            }
          }
          return found ?? NONE;
        };
  const judgesOf = <K extends 'type' | 'unknown' | 'rule' | 'atApply'>(kind: K) =>
    Object.entries(rows).flatMap(([name, field]): [string, NonNullable<Field[K]>][] => {
      const judge = field[kind];
      return judge ? [[name, judge]] : [];
    });
  const ofRows = of(judgesOf('type'));
  const unknownInRows = of(judgesOf('unknown'));
  const known = new Set([...Object.keys(rows), ...passed]);
  return {
    rows,
    type: (place, value) =>
      isObject(value)
        ? (ofRows?.(place, value) ?? NONE)
        : mustBe(place === '' ? 'props' : place, 'an object', value),
    unknown: (place, value) =>
      isObject(value)
        ? [...unknownFields(place, value, known), ...(unknownInRows?.(place, value) ?? NONE)]
        : NONE,
    rule: of(judgesOf('rule')),
    atApply: of(judgesOf('atApply')),
  };
}

/** A field of an object; of the props if the object has no place. */
function below(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

/** Their values are not named, because one may be a secret. */
function unknownFields(place: string, value: object, known: ReadonlySet<string>): string[] {
  return Object.entries(value).flatMap(([name, given]) =>
    known.has(name) || given === undefined
      ? []
      : [
          `${below(place, name)}: there is no such field${didYouMean(name, [...known]) || `; there are ${[...known].join(', ')}`}`,
        ],
  );
}

function each<R>(
  place: string,
  list: unknown,
  judge: (place: string, entry: unknown) => readonly R[],
): readonly R[] {
  return (list as readonly unknown[]).flatMap((entry, index) => judge(`${place}[${index}]`, entry));
}

/** cdktf has a mark for a list that is a reference, and can't write it among other entries. */
function inList(rule: Check): Check {
  return (place, entry) =>
    typeof entry === 'string' && Token.isUnresolved([entry])
      ? [
          `${place}: a reference to a list must be given alone, or be joined by Fn.concat; got it among others`,
        ]
      : rule(place, entry);
}

function ofType(says: string, isOf: (value: unknown) => boolean): Field {
  return { type: (place, value) => (isOf(value) ? NONE : mustBe(place, says, value)) };
}

/** Names the type of a value, and not the value, because it may be a secret at the wrong place. */
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
