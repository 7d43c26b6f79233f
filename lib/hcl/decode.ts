import { HclError } from './hcl-error';
import { integerValue, parseInteger } from './literal-value';
import { HclLiteral, type HclItem, type HclNode, type HclObject, type HclPlace } from './tree';

/** Items that were found under one name. What is in braces is here as its items, not as one value. */
export interface HclItems extends HclPlace {
  readonly kind: 'items';
  readonly items: readonly HclItem[];
}

/** One of {@link HclItems}. */
interface SingleItem extends HclPlace {
  readonly kind: 'item';
  readonly items: readonly [HclItem];
}

export type Decodable = HclNode | HclItems | SingleItem;

/**
 * Reads a value as the type that is expected there.
 *
 * @param before what was read in the same place earlier: values that are in a text several times add up
 * @throws HclError if it is another type
 */
export type Decode<T> = (node: Decodable, before?: T) => T;

/**
 * A field of a block, as the library fills in a struct: `name = …`, `name { … }`, `name "label" { … }`, in any case,
 * and all of them together if there are several.
 *
 * Source: `decodeStruct` in `decoder.go` of github.com/hashicorp/hcl 1.0.1-vault-7.
 *
 * @returns undefined if the block has none
 * @throws HclError
 */
export function decodeField<T>(block: HclObject | HclItems, name: string, decode: Decode<T>): T | undefined {
  // The library looks at these, and at the first key of each item.
  block.items[0]?.keys.forEach((key) => key.json && key.value);
  const found = itemsNamed(block, name);
  const labelled = found.filter(({ keys }) => keys.length > 0);
  let value: T | undefined;
  if (labelled.length > 0) {
    value = decode(itemsOf(labelled, labelled[0]!.keys[0]!), value);
  }
  for (const { keys, value: node } of found) {
    if (keys.length === 0) {
      value = decode(node.kind === 'object' ? itemsOf(node.items, node) : node, value);
    }
  }
  return value;
}

/** The items whose first key is a name, in any case, without that key. @throws HclError if a key has no value */
export function itemsNamed({ items }: { readonly items: readonly HclItem[] }, name: string): HclItem[] {
  const folded = fold(name);
  return items.flatMap((item) => {
    const [first, ...keys] = item.keys;
    return first !== undefined && fold(String(first.value)) === folded ? [{ ...item, keys }] : [];
  });
}

/** Go's `EqualFold`, as far as it matters for a name of ASCII. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll('ſ', 's');
}

export const text: Decode<string> = (node) => {
  if (node instanceof HclLiteral) {
    switch (node.kind) {
      case 'number':
        return node.source;
      case 'text':
      case 'heredoc':
      case 'null':
        return String(node.value);
      case 'fraction':
      case 'truth':
      case 'name':
    }
  }
  return fail(node, 'it is a text in double quotes, or a number');
};

export const wholeNumber: Decode<bigint> = (node) => {
  if (node instanceof HclLiteral && (node.kind === 'number' || node.kind === 'text')) {
    const value = node.kind === 'number' ? integerValue(node) : parseInteger(String(node.value));
    if (value !== undefined) {
      return value;
    }
  }
  return fail(node, 'it is a whole number');
};

/** A list. Its values are added to the earlier ones. */
export function listOf<T>(decode: Decode<T>): Decode<readonly T[]> {
  return (node, before = []) => [...before, ...elementsOf(node).map((element) => decode(element))];
}

function elementsOf(node: Decodable): readonly Decodable[] {
  if (node.kind === 'list') {
    return node.list;
  }
  if (node.kind === 'object') {
    return [node];
  }
  return node.kind === 'items'
    ? node.items.map((item) => ({ kind: 'item', items: [item], line: item.line, column: item.column }))
    : fail(node, 'it is a list in brackets');
}

/** An object with a value for each key; values of one key are added to each other. */
export function mapOf<T>(decode: Decode<T>): Decode<ReadonlyMap<string, T>> {
  return (node, before = new Map()) => {
    const block = isBlock(node) ? node : fail(node, "it maps names to values, in '{' and '}'");
    const values = new Map(before);
    const done = new Set<string>();
    for (const { keys, value } of block.items) {
      const [first] = keys;
      const key =
        first === undefined ? fail(node, "each of its values has a name, and '='") : String(first.value);
      if (!done.has(key)) {
        const labelled = keys.length > 1;
        const found = labelled ? itemsOf(itemsNamed(block, key), first!) : value;
        values.set(key, decode(found, values.get(key)));
        if (labelled) {
          done.add(key);
        }
      }
    }
    return values;
  };
}

/** A block with some fields. It ignores other fields. */
export function structOf<T extends object>(fields: {
  readonly [K in keyof T]-?: readonly [string, Decode<NonNullable<T[K]>>];
}): Decode<T> {
  return (node, before) => {
    const block = isBlock(node) && node.kind !== 'item' ? node : fail(node, "it is a block, in '{' and '}'");
    const entries = Object.entries(fields) as [string, readonly [string, Decode<unknown>]][];
    const values = { ...before } as Record<string, unknown>;
    for (const [field, [name, decode]] of entries) {
      values[field] =
        decodeField(block, name, (found, earlier) => decode(found, earlier ?? values[field])) ??
        values[field];
    }
    return values as T;
  };
}

function itemsOf(items: readonly HclItem[], { line, column }: HclPlace): HclItems {
  return { kind: 'items', items, line, column };
}

function isBlock(node: Decodable): node is HclObject | HclItems | SingleItem {
  return node.kind === 'object' || node.kind === 'items' || node.kind === 'item';
}

export function fail({ line, column }: HclPlace, rule: string): never {
  throw new HclError(line, column, rule);
}
