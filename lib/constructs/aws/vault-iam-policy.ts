import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { Late } from '../terraform';
import {
  assumedRolesOf,
  type AwsTask,
  type AwsTaskSource,
  type LookUp,
  lookUpsOf,
  tasksOf,
  usersOf,
} from './aws-tasks';

const ACTIONS: Record<LookUp, string> = {
  'describe-instances': 'ec2:DescribeInstances',
  'look-up-roles': 'iam:GetRole',
  'look-up-users': 'iam:GetUser',
  'read-instance-profiles': 'iam:GetInstanceProfile',
};

/** Source: `rotateRoot` in `builtin/credential/aws/path_config_rotate_root.go` of Vault (1.21.1). */
const OWN_KEY_ACTIONS = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:GetUser'];

export interface VaultPolicyOfIamProps {
  /** Asked once all of the app is declared. */
  readonly tasks: () => readonly AwsTask[];
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
}

/** The IAM policy of Vault's AWS identity, as the child `policy` of its construct. */
export function addVaultPolicy(scope: Construct, { tasks, name, path }: VaultPolicyOfIamProps): IamPolicy {
  return new IamPolicy(scope, 'policy', {
    name,
    path,
    description: "What Vault's AWS auth method looks up",
    policy: latePolicy(tasks),
  });
}

/**
 * The IAM policy that lets Vault do what the tasks need, and no more.
 *
 * The resource of a look-up is `*`, because the callers decide which principals and instances Vault asks about. The
 * actions see only their own account. Without any task the policy allows sts:GetCallerIdentity, which AWS allows to
 * everybody, because AWS refuses an empty policy.
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
 * The policy as a text. The tasks are asked for once all of the app is declared: the roles that need a look-up may be
 * declared later. cdktf asks several times, and the text is made again only for other tasks.
 */
export function latePolicy(tasks: () => readonly AwsTask[]): string {
  let made: { readonly of: string; readonly text: string } | undefined;
  const late = new Late(() => {
    const known = tasks();
    const of = JSON.stringify(known);
    made = made?.of === of ? made : { of, text: JSON.stringify(vaultPolicyDocument(known).toJSON()) };
    return made.text;
  });
  return Token.asString(late);
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

/** The actions that Vault's identity needs for a source; none if it needs no permission. */
export function neededActions(source: AwsTaskSource): string[] {
  return tasksOf(source).length === 0
    ? []
    : [...new Set(allowedActions(vaultPolicyDocument(source).toJSON() as object))].sort();
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
