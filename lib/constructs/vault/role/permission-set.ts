import { IDENTIFIERS } from '../../aws';
import { type Field, matching, objectOf, optional, type ValueRule } from '../../checks';

/** A permission set of IAM Identity Center, as it is assigned to an account. */
export interface PermissionSet {
  /** Its full name: `*` is not a wildcard in it. */
  readonly name: string;

  /** The region that IAM Identity Center is set up in, which is in the path of its roles. */
  readonly region: string;

  /** The account that it is assigned to. @default the account that the stack is applied in */
  readonly account?: string;
}

/** Source: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html */
export const PERMISSION_SET_NAME: ValueRule = {
  pattern: /^[\w+=,.@-]{1,32}$/,
  says: '1 to 32 letters, digits or any of _+=,.@-',
  explain: (name) =>
    name.includes('*')
      ? "a permission set needs its full name, because '*' would let in all whose names begin like this"
      : undefined,
};

/** What a permission set must be. */
export const PERMISSION_SET: Field = objectOf({
  name: matching(PERMISSION_SET_NAME),
  region: matching(IDENTIFIERS.region),
  account: optional(matching(IDENTIFIERS.accountId)),
} satisfies Record<keyof PermissionSet, Field>);
