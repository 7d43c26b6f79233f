import { type Decodable, type Decode, fail, listOf, mapOf, text, wholeNumber } from './decode';
import { fractionValue } from './literal-value';
import { HclLiteral } from './tree';

/** A value of any kind, and which. */
export type Anything =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'fraction'; readonly value: number }
  | { readonly type: 'truth'; readonly value: boolean }
  | { readonly type: 'list'; readonly value: readonly Anything[] }
  | { readonly type: 'map'; readonly value: ReadonlyMap<string, Anything> }
  | { readonly type: 'maps'; readonly value: readonly ReadonlyMap<string, Anything>[] };

/** A value as JavaScript has it. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

const maps = listOf((node) => mapOf(anything)(node));
const list = listOf((node) => element(node));

/**
 * Reads a value that may be of any kind. An object is a list of one, because a block may be there several times; in
 * a list it is itself. What is there a second time must be what the first was.
 *
 * Source: `decodeInterface` in `decoder.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 */
export const anything: Decode<Anything> = (node, before) => read(node, 'maps', before);

/** The same in a list. */
export const element: Decode<Anything> = (node, before) => read(node, 'map', before);

function read(node: Decodable, object: 'map' | 'maps', before?: Anything): Anything {
  const type = before?.type ?? typeOf(node, object);
  switch (type) {
    case 'text':
      return { type, value: text(node) };
    case 'integer':
      return { type, value: wholeNumber(node) };
    case 'fraction':
      return { type, value: fraction(node) };
    case 'truth':
      return { type, value: truth(node) };
    case 'list':
      return { type, value: list(node, before?.type === type ? before.value : undefined) };
    case 'map':
      return { type, value: mapOf(anything)(node, before?.type === type ? before.value : undefined) };
    case 'maps':
      return { type, value: maps(node, before?.type === type ? before.value : undefined) };
  }
}

function typeOf(node: Decodable, object: 'map' | 'maps'): Anything['type'] {
  switch (node.kind) {
    case 'number':
      return 'integer';
    case 'fraction':
    case 'truth':
    case 'list':
      return node.kind;
    case 'object':
    case 'items':
      return object;
    case 'item':
      return fail(node, 'a value has no label');
    case 'name':
    case 'text':
    case 'heredoc':
    case 'null':
      return 'text';
  }
}

function fraction(node: Decodable): number {
  return node instanceof HclLiteral && (node.kind === 'fraction' || node.kind === 'number')
    ? fractionValue(node)
    : fail(node, 'it is a number, as before');
}

function truth(node: Decodable): boolean {
  return node instanceof HclLiteral && node.kind === 'truth'
    ? node.value === true
    : fail(node, 'it is true or false, as before');
}

/** The value alone. Whole numbers beyond 2^53 are rounded. */
export function plainValue(anything: Anything): Plain {
  switch (anything.type) {
    case 'integer':
      return Number(anything.value);
    case 'list':
      return anything.value.map(plainValue);
    case 'map':
      return plainMap(anything.value);
    case 'maps':
      return anything.value.map(plainMap);
    case 'text':
    case 'fraction':
    case 'truth':
      return anything.value;
  }
}

function plainMap(map: ReadonlyMap<string, Anything>): Plain {
  return Object.fromEntries([...map].map(([name, value]) => [name, plainValue(value)]));
}
