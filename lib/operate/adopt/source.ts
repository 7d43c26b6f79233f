/** A value, and the TypeScript that makes it. */
export class Code {
  constructor(
    readonly text: string,
    readonly value: unknown,
  ) {}
}

/** What can be written as TypeScript. What is undefined is left out. */
export type Source =
  | Code
  | string
  | number
  | boolean
  | null
  | readonly Source[]
  | { readonly [name: string]: Source | undefined };

const WIDTH = 110;

/** The value that the source makes. */
export function valueOf(source: Source): unknown {
  if (source instanceof Code) {
    return source.value;
  }
  if (isList(source)) {
    return source.map(valueOf);
  }
  return isObject(source)
    ? Object.fromEntries(entriesOf(source).map(([name, value]) => [name, valueOf(value)]))
    : source;
}

/**
 * The source as TypeScript, formatted as Prettier does with this project's settings.
 *
 * @param before how many columns stand before it in its line
 * @param indent how many columns its line is indented by
 */
export function textOf(source: Source, before: number, indent: number): string {
  if (source instanceof Code) {
    return source.text;
  }
  if (isList(source)) {
    return block(
      '[',
      source.map((value) => ['', value]),
      ']',
      before,
      indent,
      isTable(source),
    );
  }
  if (isObject(source)) {
    const members = entriesOf(source).map(([name, value]) => [`${key(name)}: `, value] as const);
    const nested = members.some(([, value]) => isObject(value) && entriesOf(value).length > 0);
    return block('{', members, '}', before, indent, nested);
  }
  return typeof source === 'string' ? quote(source) : String(source);
}

function block(
  open: string,
  members: readonly (readonly [string, Source])[],
  close: string,
  before: number,
  indent: number,
  broken: boolean,
): string {
  if (members.length === 0) {
    return open + close;
  }
  const space = open === '{' ? ' ' : '';
  const inline = `${open}${space}${members.map(([name, value]) => name + textOf(value, 0, 0)).join(', ')}${space}${close}`;
  // One more for the comma behind it.
  if (!broken && !inline.includes('\n') && before + inline.length + 1 <= WIDTH) {
    return inline;
  }
  const inner = ' '.repeat(indent + 2);
  const lines = members.map(
    ([name, value]) => `${inner}${name}${textOf(value, indent + 2 + name.length, indent + 2)},\n`,
  );
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
}

/** Prettier gives each object of such a list lines of its own. */
function isTable(list: readonly Source[]): boolean {
  return list.length > 1 && list.every((value) => isObject(value) && entriesOf(value).length > 1);
}

function isList(source: Source): source is readonly Source[] {
  return Array.isArray(source);
}

function isObject(source: Source): source is { readonly [name: string]: Source | undefined } {
  return typeof source === 'object' && source !== null && !isList(source) && !(source instanceof Code);
}

function entriesOf(source: { readonly [name: string]: Source | undefined }): [string, Source][] {
  return Object.entries(source).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** In single quotes, or in double ones where that needs fewer escapes. */
export function quote(text: string): string {
  const json = JSON.stringify(text).slice(1, -1);
  const [single, double] = ["'", '"'].map((mark) => text.split(mark).length - 1) as [number, number];
  return single > double ? `"${json}"` : `'${json.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
