import { Fn, type IResolvable, Lazy, type Precondition, Token } from 'cdktf';

/** An account that Vault looks up in for a bind. */
export interface AccountBind {
  /** Where the bind is: `boundPrincipals[0]`. */
  readonly place: string;
  /** The bind. */
  readonly bind: string;
  /** Its account's 12 digits, where they are known at synth. */
  readonly account: string;
}

/**
 * The accounts that Vault can look up in: its own, and those of the STS roles on the mount.
 *
 * Source: `stsRoleForAccount` and `clientIAM` in `builtin/credential/aws/client.go` of Vault (1.21.1).
 */
export class ReachableAccounts {
  private readonly others: string[] = [];
  private readonly conditions = new Map<string, IResolvable>();

  /** @param own Vault's own account @default known only where Vault's IAM user is made */
  constructor(private readonly own?: string) {}

  /** Adds the account of an STS role. */
  add(account: string): void {
    this.others.push(account);
  }

  /** What is wrong with a bind; empty where Vault reaches its account, or an account is known only at apply. */
  check({ place, bind, account }: AccountBind): string[] {
    const reached = [this.own, ...this.others];
    return reached.some((other) => other === undefined || Token.isUnresolved(other) || other === account)
      ? []
      : [`${place}: ${says(account, this.own!)}; got '${bind}'`];
  }

  /**
   * The check by Terraform, where Vault's own account is known only at apply.
   *
   * @param ownOfUser the account of Vault's IAM user, where this app makes it
   */
  whenKnown(
    { place, bind, account }: AccountBind,
    ownOfUser: (() => string) | undefined,
  ): Precondition | undefined {
    const own = this.own ?? ownOfUser?.();
    if (own === undefined || !Token.isUnresolved(own)) {
      return undefined;
    }
    return {
      condition: this.reaches(own, account),
      errorMessage: `${place}: ${says(account, own)}; got '${bind}'`,
    };
  }

  /** One condition an account: thousands of roles may ask for the same. */
  private reaches(own: string, account: string): IResolvable {
    let contains: IResolvable | undefined;
    const condition =
      this.conditions.get(account) ??
      Lazy.anyValue({
        // More STS roles may be declared later.
        produce: () => (contains ??= Fn.contains([own, ...this.others], account) as IResolvable),
      });
    this.conditions.set(account, condition);
    return condition;
  }
}

function says(account: string, own: string): string {
  return (
    `Vault can't look up in account ${account}: it is not its own, ${own}, and no StsRole of the mount is for it; ` +
    'declare one, or bind by an ARN without wildcard and set resolveAwsUniqueIds: false'
  );
}
