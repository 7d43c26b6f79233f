import { TERRAFORM_TOKEN } from './token';

/** Every template of a policy path, with its variable parts in capitals. */
const TEMPLATES = [
  'identity.entity.id',
  'identity.entity.name',
  'identity.entity.metadata.KEY',
  'identity.entity.aliases.ACCESSOR.id',
  'identity.entity.aliases.ACCESSOR.name',
  'identity.entity.aliases.ACCESSOR.metadata.KEY',
  'identity.entity.aliases.ACCESSOR.custom_metadata.KEY',
  'identity.groups.ids.ID.id',
  'identity.groups.ids.ID.name',
  'identity.groups.ids.ID.metadata.KEY',
  'identity.groups.names.NAME.id',
  'identity.groups.names.NAME.name',
  'identity.groups.names.NAME.metadata.KEY',
];

/** Instead of a token of cdktf. */
const ANY = 'TfToken';

/** Source: `generateMountAccessor` in Vault's `vault/mount.go` (1.21.1). */
const ACCESSOR = /^auth_[^.]+_[0-9a-f]{8}$/;

const KNOWN = TEMPLATES.map(patternOf);

/**
 * The problems of the `{{templates}}` of a policy path, one sentence each. Vault refuses unbalanced braces.
 * It stores a template that it does not know, and then silently ignores the whole rule. `time.now` is no
 * template here, because a path with the second of the request in it matches nothing.
 *
 * Source: `PopulateString` and `performTemplating` in Vault's `sdk/helper/identitytpl/templating.go`,
 * `parsePaths` in `vault/policy.go` (1.21.1), and
 * https://developer.hashicorp.com/vault/docs/concepts/policies#templated-policies
 */
export function checkTemplates(path: string): string[] {
  // A token of cdktf also has braces and dots.
  const [before = '', ...pieces] = path.replace(TERRAFORM_TOKEN, ANY).split('{{');
  if (before.includes('}}') || pieces.some((piece) => piece.split('}}').length !== 2)) {
    return [`each '{{' needs one '}}' after it; got '${path}'`];
  }
  return pieces
    .map((piece) => piece.slice(0, piece.indexOf('}}')).trim())
    .flatMap((template) => {
      if (!KNOWN.some((known) => known.test(template))) {
        return [
          `'{{${template}}}' is no template of Vault, so the rule would never apply; ` +
            `it has ${TEMPLATES.join(', ')}; got '${path}'`,
        ];
      }
      const [, accessor = ANY] = /\.aliases\.([^.]+)\./.exec(template) ?? [];
      return accessor.includes(ANY) || ACCESSOR.test(accessor)
        ? []
        : [
            `'${accessor}' is no accessor of an auth mount, which is auth_TYPE_ and 8 hex digits, so the rule would never ` +
              `apply; write mount.accessor, or what 'vault auth list' shows; got '${path}'`,
          ];
    });
}

/**
 * For Vault the first dot after an accessor, ID or name ends it. Only the metadata of an alias may have a key
 * with a dot; auth methods write that metadata.
 *
 * Source: `metaKeyFormatRegEx` in Vault's `vault/identity_store_structs.go` (1.21.1).
 */
function patternOf(template: string): RegExp {
  const pattern = template
    .replaceAll('.', '\\.')
    .replace(/\b(?:ACCESSOR|ID|NAME)\b/, '[^.]+')
    .replace(/\bKEY$/, template.includes('.aliases.') ? '.+' : '[a-zA-Z0-9=/+_-]+');
  return new RegExp(`^${pattern}$`);
}
