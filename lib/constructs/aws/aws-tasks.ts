import { Construct } from 'constructs';
import { either, type Field, instanceOf, listOf, matching, objectOf, oneOf } from '../checks';
import { IDENTIFIERS } from './identifiers';

/**
 * What Vault's AWS auth method may do that needs a permission in AWS:
 * - `look-up-users`: resolve a bound IAM user to its unique ID, or match a wildcard against users;
 * - `look-up-roles`: the same for IAM roles;
 * - `describe-instances`: see the instance behind a login of type ec2, or with inference;
 * - `read-instance-profiles`: find the IAM role of an instance, for a bound IAM role;
 * - `assumeRole`: assume a role of another account, to look up there what belongs to it;
 * - `replaceKeyOf`: replace its own access key, as the user of that ARN.
 *
 * A bound principal without wildcard on a role that does not resolve unique IDs needs none of them.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#recommended-vault-iam-policy
 */
export type AwsTask = LookUp | { readonly assumeRole: string } | { readonly replaceKeyOf: string };

/** What Vault looks up in the account of a principal or an instance. */
export type LookUp = (typeof LOOK_UPS)[number];

const LOOK_UPS = ['describe-instances', 'look-up-roles', 'look-up-users', 'read-instance-profiles'] as const;

/** A construct that knows what Vault does in AWS for it, once all of the app is declared: the mount. */
export abstract class AwsTaskOwner extends Construct {
  /** @param awsTasks what Vault's own identity does; is given an account for what Vault does by its role there */
  protected constructor(
    scope: Construct,
    id: string,
    private readonly awsTasks: (account?: string) => readonly AwsTask[],
  ) {
    super(scope, id);
  }
}

/** A list of tasks, or the mount, which knows them from its roles. */
export type AwsTaskSource = readonly AwsTask[] | AwsTaskOwner;

/** What tasks must be. */
export const AWS_TASKS: Field = listOf(
  either(
    either(
      objectOf({ assumeRole: matching(IDENTIFIERS.roleArn) }),
      objectOf({ replaceKeyOf: matching(IDENTIFIERS.principalArn) }),
    ),
    oneOf(...LOOK_UPS),
  ),
);

/** What a source of them must be. */
export const AWS_TASK_SOURCE: Field = either(instanceOf(AwsTaskOwner), AWS_TASKS);

/** The look-ups of a source, sorted and each once. @param account as for {@link tasksOf} */
export function lookUpsOf(source: AwsTaskSource, account?: string): LookUp[] {
  return [...new Set(tasksOf(source, account).filter((task) => typeof task === 'string'))].sort();
}

/** The roles of other accounts that a source assumes, sorted and each once. */
export function assumedRolesOf(source: AwsTaskSource): string[] {
  const arns = tasksOf(source).flatMap((task) =>
    typeof task === 'object' && 'assumeRole' in task ? [task.assumeRole] : [],
  );
  return [...new Set(arns)].sort();
}

/** What a source needs and a list does not have, in words; each once. */
export function lackingTasks(granted: readonly AwsTask[], needed: AwsTaskSource): string[] {
  const lookUps = lookUpsOf(granted);
  const roles = assumedRolesOf(granted);
  return [
    ...lookUpsOf(needed).filter((lookUp) => !lookUps.includes(lookUp)),
    ...assumedRolesOf(needed)
      .filter((arn) => !roles.includes(arn))
      .map((arn) => `assumeRole ${arn}`),
  ];
}

/** The users whose keys a source replaces, sorted and each once. */
export function usersOf(source: AwsTaskSource): string[] {
  const arns = tasksOf(source).flatMap((task) =>
    typeof task === 'object' && 'replaceKeyOf' in task ? [task.replaceKeyOf] : [],
  );
  return [...new Set(arns)].sort();
}

/**
 * The tasks of a source.
 *
 * @param account what Vault does by the role that it assumes there @default what its own identity does
 */
export function tasksOf(source: AwsTaskSource, account?: string): readonly AwsTask[] {
  // Private for users of a mount, and not for this module.
  return source instanceof AwsTaskOwner ? source['awsTasks'](account) : source;
}
