import {
  hasUnknown,
  type Plan,
  type Resource,
  sameValue,
  textOf,
  type Value,
  type Values,
} from '../../terraform';
import { type Statement, statementsOf } from '../../iam';

/** An IAM document whose statements change. */
export interface IamDifference {
  readonly address: string;
  /** What is allowed in AWS, or who may assume the role. */
  readonly kind: 'permissions' | 'trust';
  /** Whose it is: `IAM role vault`, `IAM policy VaultAuthUser`. */
  readonly of: string;
  readonly added: readonly Statement[];
  readonly removed: readonly Statement[];
  /** Whether both sides are IAM policy documents that can be read. */
  readonly readable: boolean;
}

/** Where a resource keeps documents. */
interface Place {
  readonly kind: IamDifference['kind'];
  readonly of: string;
  /** The attribute with the name of their holder. */
  readonly name: string;
  readonly documents: (values: Values) => readonly Value[];
}

const at =
  (attribute: string) =>
  (values: Values): readonly Value[] => [values[attribute]];

const PLACES = new Map(
  Object.entries<readonly Place[]>({
    aws_iam_policy: [{ kind: 'permissions', of: 'IAM policy', name: 'name', documents: at('policy') }],
    aws_iam_user_policy: [{ kind: 'permissions', of: 'IAM user', name: 'user', documents: at('policy') }],
    aws_iam_role_policy: [{ kind: 'permissions', of: 'IAM role', name: 'role', documents: at('policy') }],
    aws_iam_group_policy: [{ kind: 'permissions', of: 'IAM group', name: 'group', documents: at('policy') }],
    aws_iam_role: [
      { kind: 'trust', of: 'IAM role', name: 'name', documents: at('assume_role_policy') },
      { kind: 'permissions', of: 'IAM role', name: 'name', documents: inlineOf },
    ],
  }),
);

/** Blocks in a role itself. If the configuration has none, the provider may leave them unknown until the apply. */
function inlineOf({ inline_policy: blocks }: Values): readonly Value[] {
  return Array.isArray(blocks) ? (blocks as readonly Values[]).map(({ policy }) => policy) : [blocks];
}

/** The IAM documents of a plan whose statements change, by address. */
export function iamDifferencesOf(plan: Plan): IamDifference[] {
  return plan.changes.flatMap(({ type, address, before, after }): IamDifference[] =>
    (PLACES.get(type) ?? []).flatMap(({ kind, of, name, documents }) => {
      const [old = [], now = []] = [before, after].map((side) =>
        side ? documents(side.values).filter((document) => document !== '' && document != null) : [],
      );
      const holder = (side: Resource | undefined) => textOf(side?.values[name]);
      // A document that moves to another holder is new there. A renamed policy stays the same for its holders.
      const moved = before && after && name !== 'name' && holder(before) !== holder(after);
      // What is known only after the apply has its own finding.
      if (now.some((document) => hasUnknown(document)) || (!moved && sameValue(old, now))) {
        return [];
      }
      const [was, is] = [moved ? [] : statementsIn(old), statementsIn(now)];
      const [left, right] = [was ?? [], is ?? []].map(
        (statements) => new Map(statements.map((each) => [keyOf(each), each])),
      );
      const difference: IamDifference = {
        address,
        kind,
        of: `${of} ${holder(after ?? before) ?? address}`,
        added: [...right!].flatMap(([key, statement]) => (left!.has(key) ? [] : [statement])),
        removed: [...left!].flatMap(([key, statement]) => (right!.has(key) ? [] : [statement])),
        readable: was !== undefined && is !== undefined,
      };
      return difference.added.length + difference.removed.length === 0 && difference.readable
        ? []
        : [difference];
    }),
  );
}

/** Undefined if one of them is no document, or is hidden. */
function statementsIn(documents: readonly Value[]): Statement[] | undefined {
  const read = documents.map((document) =>
    typeof document === 'string' ? statementsOf(document) : hasUnknown(document) ? [] : undefined,
  );
  return read.some((statements) => statements === undefined)
    ? undefined
    : read.flatMap((statements) => statements ?? []);
}

/** A Sid says nothing about what is allowed. */
function keyOf(statement: Statement): string {
  return JSON.stringify({ ...statement, sid: undefined });
}
