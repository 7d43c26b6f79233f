/** A value that Terraform knows only once it has applied. */
export class Unknown {
  /** @param references the addresses that it comes from, as the configuration names them */
  constructor(readonly references: readonly string[] = []) {}

  toJSON(): string {
    return '(known after apply)';
  }
}

/** A secret. It keeps only a digest of its text, by which two secrets of one run can be compared. */
export class Masked {
  constructor(private readonly digest: string) {}

  equals(other: unknown): boolean {
    return other instanceof Masked && other.digest === this.digest;
  }

  toJSON(): string {
    return '(sensitive)';
  }
}

/** An attribute of a resource, read: no secret is in it. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | string
  | Unknown
  | Masked
  | readonly Value[]
  | { readonly [name: string]: Value };

/** The attributes of a resource by their names. */
export type Values = Readonly<Record<string, Value>>;

/** Whether two values are known to be the same. An unknown one is the same as none. */
export function sameValue(one: Value, other: Value): boolean {
  if (one instanceof Masked || one instanceof Unknown) {
    return one instanceof Masked && one.equals(other);
  }
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
    return (one ?? null) === (other ?? null);
  }
  const [left, right] = [Object.entries(one), Object.entries(other)];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    left.length === right.length &&
    left.every(([name, value]) => Object.hasOwn(other, name) && sameValue(value, (other as Values)[name]))
  );
}

/** A text, or nothing if it is empty, unknown or no text. */
export function textOf(value: Value): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts of a list that are known. */
export function textsOf(value: Value): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Whether any part of it is unknown. */
export function hasUnknown(value: Value): boolean {
  return (
    value instanceof Unknown ||
    (typeof value === 'object' &&
      value !== null &&
      !(value instanceof Masked) &&
      Object.values(value).some((part) => hasUnknown(part)))
  );
}

/** The addresses that the unknown parts of it come from. */
export function referencesOf(value: Value): readonly string[] {
  if (value instanceof Unknown) {
    return value.references;
  }
  return typeof value === 'object' && value !== null && !(value instanceof Masked)
    ? Object.values(value).flatMap((part) => referencesOf(part))
    : [];
}
