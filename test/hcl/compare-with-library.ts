import { HclError, type HclItem, type HclNode, type HclPlace, parseHcl } from '../../lib/hcl';
import { HclLiteral } from '../../lib/hcl/tree';

/** What the Go libraries make of a text: tools/hcl-oracle has the form. */
export interface Answer {
  readonly refused?: Failure;
  readonly tree?: Tree;
  readonly invalid?: Failure;
  readonly policy?: { readonly name: string; readonly rules: readonly VaultRule[] };
}
interface Failure {
  readonly message: string;
  readonly place?: HclPlace;
  readonly token?: HclPlace;
}
interface Tree {
  readonly kind: string;
  readonly place?: HclPlace;
  readonly list?: readonly Tree[];
  readonly items?: readonly {
    readonly keys: readonly Tree[];
    readonly assigned: boolean;
    readonly value: Tree;
  }[];
  readonly value?: string | number | boolean;
}
export interface VaultRule {
  readonly path: string;
  readonly capabilities: readonly string[] | null;
  readonly allowed?: Readonly<Record<string, readonly unknown[] | null>>;
  readonly denied?: Readonly<Record<string, readonly unknown[] | null>>;
  readonly required?: readonly string[];
  readonly minWrapping?: number;
  readonly maxWrapping?: number;
  readonly eventTypes?: readonly string[];
  readonly mfaMethods?: readonly string[];
  readonly controlGroup?: boolean;
}

/** In what {@link parseHcl} and the library differ about a text; undefined if in nothing. */
export function differenceFromLibrary(text: string, answer: Answer): string | undefined {
  const json = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/.test(text);
  let found;
  try {
    found = parseHcl(text);
  } catch (error) {
    if (!(error instanceof HclError)) {
      throw error;
    }
    return answer.refused ? differenceOfPlaces(text, error, answer.refused) : `refused: ${error.message}`;
  }
  if (answer.refused) {
    return `taken, and the library says: ${answer.refused.message}`;
  }
  const [ours, theirs] = [simplify(found, json, true), expected(answer.tree!, true)].map((tree) =>
    JSON.stringify(tree),
  );
  return ours === theirs ? undefined : `read as\n${ours}\nand by the library as\n${theirs}`;
}

/**
 * The places are the same; or ours is where the token begins, of one that has no end; or the text ends too early, and
 * ours is behind what is there.
 */
function differenceOfPlaces(
  text: string,
  { line, column, rule }: HclError,
  { message, place, token }: Failure,
) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const ours = `${line}:${column}`;
  if (line < 1 || line > lines.length || column < 1 || column > [...lines[line - 1]!].length + 1) {
    return `no place of the text: ${ours} (${rule})`;
  }
  if (place === undefined) {
    return undefined;
  }
  const rest = [[...lines[line - 1]!].slice(column - 1).join(''), ...lines.slice(line)].join('\n');
  const same = [place, token].some((one) => one && `${one.line}:${one.column}` === ours);
  const nothingMore = /^(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*$/.test(rest);
  const atEnd = nothingMore && (/ EOF$/.test(message) || /key [^]* expected start of object/.test(message));
  return same || atEnd
    ? undefined
    : `at ${ours} (${rule}), and the library says ${message} ${JSON.stringify({ place, token })}`;
}

type Simple = string | number | boolean | null | readonly Simple[] | { readonly [name: string]: Simple };

function simplify(node: HclNode, json: boolean, root = false): Simple {
  const at = json || root ? [] : [node.line, node.column];
  if (node instanceof HclLiteral) {
    return [node.kind === 'null' ? 'text' : node.kind, ...at, valueOrNone(node)];
  }
  if (node.kind === 'list') {
    return ['list', ...at, node.list.map((each) => simplify(each, json))];
  }
  const items = node.items.map((item: HclItem) => ({
    keys: item.keys.map((key) => simplify(key, json)),
    assigned: item.assigned,
    value: simplify(item.value, json),
  }));
  return ['object', ...at, items];
}

function expected(tree: Tree, root = false): Simple {
  const at = tree.place === undefined || root ? [] : [tree.place.line, tree.place.column];
  if (tree.kind === 'list') {
    return ['list', ...at, (tree.list ?? []).map((each) => expected(each))];
  }
  if (tree.kind === 'object') {
    const items = (tree.items ?? []).map(({ keys, assigned, value }) => ({
      keys: keys.map((key) => expected(key)),
      assigned,
      value: expected(value),
    }));
    return ['object', ...at, items];
  }
  return [tree.kind, ...at, tree.value ?? null];
}

/** A value that the library panics at is none here, and an error when somebody asks for it. */
function valueOrNone(literal: HclLiteral): string | number | boolean | null {
  try {
    return typeof literal.value === 'string'
      ? literal.value.replace(/\p{Surrogate}/gu, '\ufffd')
      : literal.value;
  } catch (error) {
    if (error instanceof HclError) {
      return null;
    }
    throw error;
  }
}
