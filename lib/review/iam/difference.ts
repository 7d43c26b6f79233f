import { type Plan, type Resource, textOf } from '../../access';
import { type Statement, statementsOf } from './statements';

/** An IAM document whose statements change. */
export interface IamDifference {
  readonly address: string;
  /** What it may do in AWS, or who may become it. */
  readonly kind: 'permissions' | 'trust';
  /** Whose it is: `IAM role vault`, `IAM policy VaultAuthUser`. */
  readonly of: string;
  readonly added: readonly Statement[];
  readonly removed: readonly Statement[];
  /** Statements that stay, changed or not, are in neither. */
  readonly readable: boolean;
}

/** Where a resource keeps a document, and what it is called. */
const DOCUMENTS: Readonly<
  Record<string, { attribute: string; kind: IamDifference['kind']; of: string; name: string }>
> = {
  aws_iam_policy: { attribute: 'policy', kind: 'permissions', of: 'IAM policy', name: 'name' },
  aws_iam_user_policy: { attribute: 'policy', kind: 'permissions', of: 'IAM user', name: 'user' },
  aws_iam_role_policy: { attribute: 'policy', kind: 'permissions', of: 'IAM role', name: 'role' },
  aws_iam_group_policy: { attribute: 'policy', kind: 'permissions', of: 'IAM group', name: 'group' },
  aws_iam_role: { attribute: 'assume_role_policy', kind: 'trust', of: 'IAM role', name: 'name' },
};

/** The IAM documents of a plan whose statements change, by address. */
export function iamDifferencesOf(plan: Plan): IamDifference[] {
  return plan.changes.flatMap(({ type, address, before, after }): IamDifference[] => {
    const document = DOCUMENTS[type];
    if (document === undefined) {
      return [];
    }
    const { attribute, kind, of, name } = document;
    const [old, now] = [textAt(before, attribute), textAt(after, attribute)];
    // What is known after the apply only is a finding of its own.
    if (old === now || (after !== undefined && now === undefined)) {
      return [];
    }
    const [was, is] = [old, now].map((text) => (text === undefined ? [] : statementsOf(text)));
    const [left, right] = [was ?? [], is ?? []].map(
      (statements) => new Map(statements.map((each) => [keyOf(each), each])),
    );
    const difference: IamDifference = {
      address,
      kind,
      of: `${of} ${textOf((after ?? before)!.values[name]) ?? address}`,
      added: [...right!].flatMap(([key, statement]) => (left!.has(key) ? [] : [statement])),
      removed: [...left!].flatMap(([key, statement]) => (right!.has(key) ? [] : [statement])),
      readable: was !== undefined && is !== undefined,
    };
    return difference.added.length + difference.removed.length === 0 && difference.readable
      ? []
      : [difference];
  });
}

function textAt(resource: Resource | undefined, attribute: string): string | undefined {
  return textOf(resource?.values[attribute]);
}

/** A Sid says nothing about what is allowed. */
function keyOf(statement: Statement): string {
  return JSON.stringify({ ...statement, sid: undefined });
}
