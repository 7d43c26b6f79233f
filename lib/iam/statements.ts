import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One statement of an IAM policy, in one form, no matter how it was written. */
export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** `iam:GetUser`; a NotAction is `all but iam:GetUser`. Sorted, as are all lists here. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /**
   * The principals that a trust policy names: `AWS:arn:…`, `Service:ec2.amazonaws.com`. Empty in a policy of
   * permissions.
   */
  readonly principals: readonly string[];
  /** Its conditions as one text. Empty if there is none. */
  readonly conditions: string;
}

/**
 * The statements of an IAM policy document.
 *
 * @returns undefined if it is none
 */
export function statementsOf(document: string): Statement[] | undefined {
  try {
    const { Statement } = JSON.parse(document) as { Statement: unknown };
    return (Array.isArray(Statement) ? Statement : [Statement]).map(readStatement);
  } catch {
    return undefined;
  }
}

function readStatement(json: unknown): Statement {
  const statement = PolicyStatement.fromJson(json);
  const principals = [
    ...statement.principals.flatMap(({ policyFragment }) => named(policyFragment.principalJson)),
    ...statement.notPrincipals.flatMap(({ policyFragment }) =>
      named(policyFragment.principalJson).map((name) => `all but ${name}`),
    ),
  ];
  return {
    sid: statement.sid,
    effect: statement.effect,
    actions: listed(statement.actions, statement.notActions),
    resources: listed(statement.resources, statement.notResources),
    principals: principals.sort(),
    conditions:
      Object.keys((statement.conditions ?? {}) as object).length === 0 ? '' : stable(statement.conditions),
  };
}

function listed(all: readonly string[], not: readonly string[]): string[] {
  return [...all, ...(not.length > 0 ? [`all but ${[...not].sort().join(', ')}`] : [])].sort();
}

/** cdk keeps a principal as it was written: one name, or a list of them. */
function named(principals: Readonly<Record<string, string | readonly string[]>>): string[] {
  return Object.entries(principals).flatMap(([kind, names]) =>
    [names].flat().map((name) => (kind === 'LiteralString' ? name : `${kind}:${name}`)),
  );
}

/** JSON with its keys sorted. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
