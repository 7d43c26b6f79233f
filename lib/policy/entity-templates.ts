/** A template of a policy's path that Vault fills in with a value of the caller's entity. */
export interface EntityTemplate {
  /** As it is written, with its braces. */
  readonly text: string;
  /** The accessor of the auth mount, or a cdktf token of it. @default the value is the entity's, at any mount */
  readonly accessor?: string;
  readonly value: 'id' | 'name' | 'metadata' | 'custom_metadata';
  /** Of the metadata. @default there is none */
  readonly key?: string;
}

// A token of cdktf has braces and dots too.
const TOKEN = String.raw`\$\{TfToken\[[^\]]+\]\}`;
const BRACES = new RegExp(String.raw`\{\{((?:${TOKEN}|(?!\}\})[^])*)\}\}`, 'g');
const OF_ENTITY = new RegExp(
  String.raw`^identity\.entity\.(?:aliases\.((?:${TOKEN}|[^.])+)\.)?(id|name|metadata|custom_metadata)(?:\.([^]+))?$`,
);

/** The templates of a path with values of its caller; those of groups and unknown ones are left out. */
export function entityTemplates(path: string): EntityTemplate[] {
  return [...path.matchAll(BRACES)].flatMap(([text, inner = '']) => {
    const [, accessor, value, key] = OF_ENTITY.exec(inner.trim()) ?? [];
    return value ? [{ text, accessor, value: value as EntityTemplate['value'], key }] : [];
  });
}
