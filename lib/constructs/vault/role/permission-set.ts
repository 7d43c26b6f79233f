import { Token } from 'cdktf';
import { checkForm, FORMS } from '../form';

/** A permission set of IAM Identity Center, as it is assigned to an account. */
export interface PermissionSet {
  /** Its name, which stands for itself: `*` is no wildcard in it. */
  readonly name: string;

  /** The region that IAM Identity Center is set up in, which is in the path of its roles. */
  readonly region: string;

  /** The account that it is assigned to. @default the account that the stack is applied in */
  readonly account?: string;
}

/**
 * What is wrong with a permission set; empty where all is well.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
 */
export function checkPermissionSet(place: string, { name, region, account }: PermissionSet): string[] {
  return [
    ...checkName(`${place}.name`, name),
    ...checkForm(`${place}.region`, FORMS.region, region),
    ...(account === undefined ? [] : checkForm(`${place}.account`, FORMS.accountId, account)),
  ];
}

function checkName(place: string, name: string = ''): string[] {
  if (Token.isUnresolved(name) || /^[\w+=,.@-]{1,32}$/.test(name)) {
    return [];
  }
  return name.includes('*')
    ? [
        `${place}: a permission set is named in full, '*' would let in those of all names that begin so; got '${name}'`,
      ]
    : [`${place}: must be 1 to 32 letters, digits or any of _+=,.@-; got '${name}'`];
}
