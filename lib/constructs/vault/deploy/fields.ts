import { type FieldOf, IDS } from './paths';

/** A stack as Terraform reads it. */
export interface StackJson {
  readonly provider?: { readonly vault?: readonly { readonly skip_child_token?: boolean }[] };
  readonly resource?: Readonly<Record<string, Resources>>;
  readonly data?: Readonly<Record<string, Resources>>;
  readonly locals?: Readonly<Record<string, unknown>>;
}
export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The fields of a resource as they are in a path, through references to what else is in the stack. */
export function fieldsOf(stack: StackJson, resource: Resources[string]): FieldOf {
  return (name) => text(stack, resource[name]);
}

const REFERENCE = /\$\{(\w+)\.([\w-]+)(?:\.(\w+))?\}/g;

function text(stack: StackJson, value: unknown): string {
  // A field that is not text is a boolean or a number, or not set.
  const given = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return (
    given
      .replace(REFERENCE, (reference, type: string, name: string, field?: string) =>
        referred(stack, reference, type, name, field),
      )
      // A segment with a part that is known only at apply.
      .replace(/[^/]*\$\{.*\}[^/]*/g, '+')
  );
}

function referred(stack: StackJson, reference: string, type: string, name: string, field?: string): string {
  if (type === 'local') {
    return text(stack, stack.locals?.[name]);
  }
  const resource = stack.resource?.[type]?.[name];
  if (resource === undefined || field === undefined) {
    return reference;
  }
  const idOf = field === 'id' ? IDS[type] : undefined;
  const value = idOf ? idOf(fieldsOf(stack, resource)) : resource[field];
  return value === undefined ? reference : text(stack, value);
}
