import type { Construct } from 'constructs';
import { TerraformData } from '../../terraform';
import type { identityWithDefaults } from './identity-config';

/**
 * Explains, in a plan that changes an alias, what the change does. The configuration's own line shows only that a
 * word changes, and the person who approves the plan reads nothing else.
 *
 * Source: `pathLoginUpdateIam` in `builtin/credential/aws/path_login.go` of Vault (1.21.1); tried.
 */
export function noteAliases(
  mount: Construct,
  { iamAlias, ec2Alias }: Pick<ReturnType<typeof identityWithDefaults>, 'iamAlias' | 'ec2Alias'>,
): void {
  const note = (alias: string) =>
    `${alias}; when this changes, new logins get new entities, without the groups and metadata of the old ones, ` +
    `and tokens already issued keep theirs until they end`;
  new TerraformData(mount, 'entities', { input: { iam_alias: note(iamAlias), ec2_alias: note(ec2Alias) } });
}
