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

/** The source as TypeScript, for Prettier to format. */
export function textOf(source: Source): string {
  if (source instanceof Code) {
    return source.text;
  }
  if (isList(source)) {
    return `[${source.map(textOf).join(', ')}]`;
  }
  if (isObject(source)) {
    const members = entriesOf(source);
    const nested = members.some(([, value]) => isObject(value) && entriesOf(value).length > 0);
    // Prettier keeps an object on several lines if it is written so. An object that holds others is easier to
    // read that way.
    return `{${nested ? '\n' : ''}${members.map(([name, value]) => `${key(name)}: ${textOf(value)}`).join(', ')}}`;
  }
  return JSON.stringify(source);
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
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
