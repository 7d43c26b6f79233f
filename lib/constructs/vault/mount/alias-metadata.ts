import { alias } from '../../../policy';
import type { Mounted } from './mounted';

/**
 * Templates for policy paths, which Vault fills in with the metadata of a login.
 *
 * A template whose value is not the caller's own is an error of the role that gives the policy, and so is a key that the
 * mount does not note: docs/templates.md has the table. It is the same for templates that are written by hand.
 *
 * @example
 * { path: `secret/data/accounts/${mount.iamAliasMetadata.template('account_id')}/*`, capabilities: ['read'] }
 */
export class AliasMetadata<Key extends string> {
  /** @param mounted what is on the mount */
  constructor(private readonly mounted: Mounted) {}

  /** The template of a key: `{{identity.entity.aliases.ACCESSOR.metadata.KEY}}`. */
  template(key: Key): string {
    this.mounted.askedKeys.add(key);
    return alias(this.mounted.accessor).metadata(key);
  }
}
