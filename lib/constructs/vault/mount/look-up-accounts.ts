import { type TerraformStack, Token } from 'cdktf';
import type { LookUp } from '../../aws';

/** An account: 12 digits, which may be known only at apply, or the stack that is applied in it. */
export type LookUpAccount = string | TerraformStack;

/** Something that Vault looks up for a role, and where. */
export interface LookUpIn {
  readonly lookUp: LookUp;
  /** The accounts of the principals or instances that may log in. @default any that Vault can look up in */
  readonly accounts?: readonly LookUpAccount[];
}

/**
 * What Vault looks up with its own identity: all but what is only in accounts with an STS role. There Vault assumes
 * the role first.
 *
 * Source: `clientIAM` and `clientEC2` in `builtin/credential/aws/client.go` of Vault (1.21.1); tried.
 *
 * @param assumed the accounts of the STS roles
 */
export function byOwnIdentity(lookUps: readonly LookUpIn[], assumed: readonly string[]): LookUp[] {
  return lookUps
    .filter(
      ({ accounts }) =>
        !accounts?.every((account) => typeof account === 'string' && assumed.includes(account)),
    )
    .map(({ lookUp }) => lookUp);
}

/**
 * What Vault looks up with the role that it assumes in an account. An account that is known only at apply may be any.
 *
 * @param own the stack in whose account Vault's own identity is, if it is known
 */
export function inAccount(
  lookUps: readonly LookUpIn[],
  account: string,
  own: TerraformStack | undefined,
): LookUp[] {
  const maybe = (other: LookUpAccount) =>
    typeof other === 'string' ? other === account || !isKnown(other) : other !== own;
  return lookUps.filter(({ accounts }) => accounts?.some(maybe) ?? true).map(({ lookUp }) => lookUp);
}

function isKnown(account: LookUpAccount): boolean {
  return typeof account !== 'string' || !Token.isUnresolved(account);
}

/**
 * The accounts of what meets each of some lists of binds.
 *
 * @param lists the accounts of each list that is given; a list with an account that nobody knows is undefined
 * @returns undefined if no list limits the accounts
 */
export function accountsOfAll(
  lists: readonly (readonly LookUpAccount[] | undefined)[],
): readonly LookUpAccount[] | undefined {
  const known = lists.filter((list) => !Token.isUnresolved(list) && list?.every(isKnown));
  // A stack's account may be the same as one in digits, so the two can't be compared.
  const inDigits = known.filter((list) => list?.every((account) => typeof account === 'string'));
  const [first, ...others] = inDigits.length > 0 ? inDigits : known.slice(0, 1);
  return first?.filter((account) => others.every((other) => other?.includes(account)));
}
