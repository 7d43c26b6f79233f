import type { Construct } from 'constructs';
import { alias } from '../../../policy';
import { VaultPolicy } from '../policy/vault-policy';
import type { Mounted } from './mounted';
import type { IamMetadata, identityWithDefaults } from './identity-config';

/**
 * Templates for policy paths. Vault fills them in with the metadata of a login of type iam.
 *
 * With the alias `role_id` all callers of a role share one entity, and its metadata is that of the last login. A
 * policy on it would give one caller the paths of another, so it is an error of the mount. A key that the mount does
 * not note is an error too, because Vault would ignore the rule. Templates that are written by hand around the
 * mount's accessor are found in the policies of the app.
 *
 * @example
 * { path: `secret/data/accounts/${mount.iamAliasMetadata.template('account_id')}/*`, capabilities: ['read'] }
 */
export class IamAliasMetadata {
  private readonly asked = new Set<string>();

  constructor(
    private readonly mount: Construct,
    private readonly mounted: Mounted,
    private readonly identity: ReturnType<typeof identityWithDefaults>,
  ) {
    mount.node.addValidation({ validate: () => this.check() });
  }

  /** The template of a key: `{{identity.entity.aliases.ACCESSOR.metadata.KEY}}`. */
  template(key: IamMetadata): string {
    this.asked.add(key);
    return alias(this.mounted.accessor).metadata(key);
  }

  private writtenByHand(): string[] {
    const accessor = this.mounted.usedAccessor;
    if (accessor === undefined) {
      return [];
    }
    const before = `identity.entity.aliases.${accessor}.metadata.`;
    return this.mount.node.root.node
      .findAll()
      .flatMap((construct) => (construct instanceof VaultPolicy ? construct.rules : []))
      .flatMap(({ path }) => path.split(before).slice(1))
      .map((behind) => behind.slice(0, behind.indexOf('}}')).trim());
  }

  private check(): string[] {
    const { iamAlias, iamMetadata } = this.identity;
    const keys = [...new Set([...this.asked, ...this.writtenByHand()])].sort();
    return [
      ...(keys.length > 0 && iamAlias === 'role_id'
        ? [
            `identity.iamAlias: with 'role_id' all callers of a role share one alias, with the metadata of the ` +
              `last login, so no policy may use it; set 'unique_id' or another; got templates on ${keys.join(', ')}`,
          ]
        : []),
      ...keys
        .filter((key) => !iamMetadata.some((noted) => noted === key))
        .map(
          (key) =>
            `identity.iamMetadata: a policy has a template on '${key}', which the alias must note, or the rule never applies; got ${iamMetadata.join(', ')}`,
        ),
    ];
  }
}
