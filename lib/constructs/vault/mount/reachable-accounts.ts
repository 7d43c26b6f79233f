import { type IResolveContext, type Precondition, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { Late } from '../../terraform';

/** An account that Vault looks up in for a bind. */
export interface AccountBind {
  /** Where the bind is: `boundPrincipals[0]`. */
  readonly place: string;
  /** The bind. */
  readonly bind: string;
  /** Its account's 12 digits, if they are known at synth. */
  readonly account: string;
}

/** How many binds a message names: thousands of roles may be bound to one account. */
const NAMED = 5;

/**
 * The accounts that Vault can look up in: its own, and those of the STS roles on the mount.
 *
 * Source: `stsRoleForAccount` and `clientIAM` in `builtin/credential/aws/client.go` of Vault (1.21.1).
 */
export class ReachableAccounts {
  private readonly others: string[] = [];
  /** By account, the binds that Terraform checks, each with its role. */
  private readonly checked = new Map<string, { readonly bind: AccountBind; readonly role: Construct }[]>();

  /** @param own Vault's own account @default known only if this app makes Vault's IAM user */
  constructor(private readonly own?: string) {}

  /** Adds the account of an STS role. */
  add(account: string): void {
    this.others.push(account);
  }

  /** What is wrong with a bind; empty if Vault reaches its account, or an account is known only at apply. */
  check({ place, bind, account }: AccountBind): string[] {
    const reached = [this.own, ...this.others];
    return reached.some((other) => other === undefined || Token.isUnresolved(other) || other === account)
      ? []
      : [`${place}: ${says(account, this.own!)}; got '${bind}'`];
  }

  /**
   * The check by Terraform, if Vault's own account is known only at apply. There is one for each account, because
   * Terraform would evaluate and print it again for each of thousands of roles.
   *
   * @param ownOfUser the account of Vault's IAM user, if this app makes it
   * @returns nothing if there is nothing to check, or if the account is checked already
   */
  whenKnown(
    bind: AccountBind,
    role: Construct,
    ownOfUser: (() => string) | undefined,
  ): Precondition | undefined {
    const { account } = bind;
    const known = this.checked.get(account);
    if (known) {
      known.push({ bind, role });
      return undefined;
    }
    const own = this.own ?? ownOfUser?.();
    if (own === undefined || !Token.isUnresolved(own)) {
      return undefined;
    }
    const binds = [{ bind, role }];
    this.checked.set(account, binds);
    // More STS roles and binds may be declared later.
    return {
      condition: new Late(
        (context) =>
          `\${contains([${[own, ...this.others].map((one) => expression(context, one)).join(', ')}], "${account}")}`,
      ),
      errorMessage: Token.asString(new Late(() => `${says(account, own)}; bound by ${list(binds)}`)),
    };
  }
}

/** An account as Terraform has it in an expression: a reference without its braces, or a text in quotes. */
function expression(context: IResolveContext, account: string): string {
  const text = context.resolve(account) as string;
  return /^\$\{([^{}]*)\}$/.exec(text)?.[1] ?? JSON.stringify(text);
}

function list(binds: readonly { readonly bind: AccountBind; readonly role: Construct }[]): string {
  const more = binds.length - NAMED;
  const named = binds
    .slice(0, NAMED)
    .map(({ bind, role }) => `${bind.place} of '${role.node.path}' to '${bind.bind}'`);
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function says(account: string, own: string): string {
  return (
    `Vault can't look up in account ${account}: its own account is ${own}, and the mount has no StsRole for account ${account}; ` +
    'declare one, or bind by an ARN without wildcard and set resolveAwsUniqueIds: false'
  );
}
