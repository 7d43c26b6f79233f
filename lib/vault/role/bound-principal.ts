import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsAccount, checkIamName, type VaultFeature } from '../../aws';
import { checkPrincipalArn } from './check-principal-arn';

/** A principal as a role is bound to it. */
export interface PrincipalBind {
  /** The ARN, which may hold references known only at apply. */
  readonly arn: string;
  /** `*` at the end: matched at each login against the caller's full ARN, path included. */
  readonly wildcard: boolean;
  /** What Vault looks up in AWS to match it. */
  readonly lookUp: VaultFeature;
}

/** Who may log in by a role. */
export class BoundPrincipal {
  /** All IAM users of the account that the stack is applied in, present and future. */
  static allUsers(): BoundPrincipal {
    return new BoundPrincipal((scope) => inAccount(scope, 'user', '*'));
  }

  /**
   * One IAM user of the account that the stack is applied in.
   *
   * @param name the user's name
   * @param path the user's IAM path, which begins and ends with `/`
   */
  static user(name: string, path = '/'): BoundPrincipal {
    return BoundPrincipal.named('user', name, path);
  }

  /**
   * One IAM role of the account that the stack is applied in: whoever may assume it.
   *
   * @param name the role's name
   * @param path the role's IAM path, which begins and ends with `/`
   */
  static role(name: string, path = '/'): BoundPrincipal {
    return BoundPrincipal.named('role', name, path);
  }

  /**
   * A user or role of any account, by its ARN; a `*` at the end matches any suffix.
   *
   * @param arn `arn:PARTITION:iam::ACCOUNT:user/NAME` or `role/NAME`, or a reference to a resource's ARN
   * @param kind needed for a reference, whose text is not known yet @default what the ARN says
   */
  static arn(arn: string, kind?: 'user' | 'role'): BoundPrincipal {
    const role = kind ? kind === 'role' : /^arn:[^:]*:iam::[^:]*:role\//.test(arn);
    return new BoundPrincipal(
      () => ({
        arn,
        wildcard: !Token.isUnresolved(arn) && arn.endsWith('*'),
        lookUp: role ? 'look-up-roles' : 'look-up-users',
      }),
      checkPrincipalArn(arn, kind),
    );
  }

  private static named(kind: 'user' | 'role', name: string, path: string): BoundPrincipal {
    return new BoundPrincipal(
      (scope) => inAccount(scope, kind, `${path.slice(1)}${name}`),
      [...checkIamName(kind, `${kind}`, name), ...checkIamName('path', `path of ${kind} '${name}'`, path)],
    );
  }

  /** What is wrong with it, a sentence each. */
  readonly problems: readonly string[];

  private constructor(
    /** The bind, for a construct: account and partition come from its stack. */
    readonly bind: (scope: Construct) => PrincipalBind,
    problems: string[] = [],
  ) {
    this.problems = problems;
  }
}

function inAccount(scope: Construct, kind: 'user' | 'role', name: string): PrincipalBind {
  return {
    arn: AwsAccount.of(scope).iamArn(`${kind}/${name}`),
    wildcard: name.endsWith('*'),
    lookUp: kind === 'role' ? 'look-up-roles' : 'look-up-users',
  };
}
