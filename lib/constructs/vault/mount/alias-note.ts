import type { Construct } from 'constructs';
import { TerraformData } from '../../terraform';
import type { identityWithDefaults } from './identity-config';

/**
 * Says in a plan that changes an alias what that does. The configuration's own line says only that a word changes;
 * nothing else of a plan is read by whoever approves it.
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
