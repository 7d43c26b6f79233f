import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { either, type Field, instanceOf, listOf, objectOf, oneOf, text } from '../checks';

/**
 * What Vault's AWS auth method may do that needs a permission in AWS:
 * - `look-up-users`: resolve a bound IAM user to its unique ID, or match a wildcard against users;
 * - `look-up-roles`: the same for IAM roles;
 * - `describe-instances`: see the instance behind a login of type ec2, or with inference;
 * - `read-instance-profiles`: find the IAM role of an instance, for a bound IAM role;
 * - `assumeRole`: become a role of another account, to look up there what belongs to it;
 * - `replaceKeyOf`: replace its own access key, as the user of that ARN.
 *
 * A bound principal without wildcard on a role that does not resolve unique IDs needs none of them.
 *
 * Source: https://developer.hashicorp.com/vault/docs/auth/aws#recommended-vault-iam-policy
 */
export type AwsTask = LookUp | { readonly assumeRole: string } | { readonly replaceKeyOf: string };

/** What Vault looks up in the account of whom it asks about. */
export type LookUp = 'describe-instances' | 'look-up-roles' | 'look-up-users' | 'read-instance-profiles';

/** What knows only once all of the app is declared what Vault does in AWS for it: the mount. */
export abstract class AwsTaskOwner extends Construct {
  protected constructor(
    scope: Construct,
    id: string,
    private readonly awsTasks: () => readonly AwsTask[],
  ) {
    super(scope, id);
  }
}

/** A list of tasks, or the mount, which knows them from its roles. */
export type AwsTaskSource = readonly AwsTask[] | AwsTaskOwner;

const ACTIONS: Record<LookUp, string> = {
  'describe-instances': 'ec2:DescribeInstances',
  'look-up-roles': 'iam:GetRole',
  'look-up-users': 'iam:GetUser',
  'read-instance-profiles': 'iam:GetInstanceProfile',
};

/** What tasks must be. */
export const AWS_TASKS: Field = listOf(
  either(
    either(objectOf({ assumeRole: text }), objectOf({ replaceKeyOf: text })),
    oneOf(...Object.keys(ACTIONS)),
  ),
);

/** What a source of them must be. */
export const AWS_TASK_SOURCE: Field = either(instanceOf(AwsTaskOwner), AWS_TASKS);

/** Source: `rotateRoot` in `builtin/credential/aws/path_config_rotate_root.go` of Vault (1.21.1). */
const OWN_KEY_ACTIONS = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:GetUser'];

/** The look-ups of a source, sorted and each once. */
export function lookUpsOf(source: AwsTaskSource): LookUp[] {
  return [...new Set(tasksOf(source).filter((task) => typeof task === 'string'))].sort();
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
function usersOf(source: AwsTaskSource): string[] {
  const arns = tasksOf(source).flatMap((task) =>
    typeof task === 'object' && 'replaceKeyOf' in task ? [task.replaceKeyOf] : [],
  );
  return [...new Set(arns)].sort();
}

/** The tasks of a source. */
export function tasksOf(source: AwsTaskSource): readonly AwsTask[] {
  // Private to a person who has a mount, and not to this module.
  return source instanceof AwsTaskOwner ? source['awsTasks']() : source;
}

/**
 * The IAM policy that lets Vault do what the tasks need, and no more.
 *
 * The resource of a look-up is `*`: which principals and instances Vault asks about is decided by who logs in, and
 * the actions see the own account only. Without any task it allows sts:GetCallerIdentity, which AWS allows to
 * everybody: an empty policy is refused.
 */
export function vaultPolicyDocument(source: AwsTaskSource): PolicyDocument {
  const roles = assumedRolesOf(source);
  const statements = lookUpsOf(source).map((lookUp) => statement(sid(lookUp), ACTIONS[lookUp], ['*']));
  if (roles.length > 0) {
    statements.push(statement('LookUpInOtherAccounts', 'sts:AssumeRole', roles));
  }
  const users = usersOf(source);
  if (users.length > 0) {
    // By the ARN: a policy variable for the user's name would miss a path.
    statements.push(statement('ReplaceOwnAccessKey', OWN_KEY_ACTIONS, users));
  }
  return new PolicyDocument({
    statements:
      statements.length > 0 ? statements : [statement('NothingToLookUp', 'sts:GetCallerIdentity', ['*'])],
  });
}

/**
 * What a policy document allows and the tasks don't need, by the names of the actions as they are written.
 *
 * @param document as AWS has it
 */
export function unneededActions(document: object, source: AwsTaskSource): string[] {
  const needed = allowedActions(vaultPolicyDocument(source).toJSON() as object).map((action) =>
    action.toLowerCase(),
  );
  // AWS reads actions in any case.
  return [...new Set(allowedActions(document))]
    .filter((action) => !needed.includes(action.toLowerCase()))
    .sort();
}

function allowedActions(document: object): string[] {
  const { Statement = [] } = document as { Statement?: DocumentStatement | DocumentStatement[] };
  return [Statement]
    .flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action = [], NotAction }) => [
      ...[Action].flat(),
      ...(NotAction === undefined ? [] : [`all but ${[NotAction].flat().join(', ')}`]),
    ]);
}

interface DocumentStatement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
}

function statement(sid: string, actions: string | string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions: [actions].flat(), resources });
}

/** `look-up-users` as IAM allows it in a Sid: `LookUpUsers`. */
function sid(lookUp: LookUp): string {
  return lookUp.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
