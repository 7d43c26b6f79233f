import { DataAwsIamRole } from '@cdktf/provider-aws/lib/data-aws-iam-role';
import { DataAwsIamUser } from '@cdktf/provider-aws/lib/data-aws-iam-user';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { type Precondition, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { arnParts, principalsNamedBy, reservedPath, reservedRolePrefix } from '../../../iam';
import { AwsAccount, IDENTIFIERS, type LookUp } from '../../aws';
import { matching } from '../../checks';
import type { LookUpAccount } from '../mount/look-up-accounts';
import { stackFolder } from '../stack-folder';
import { checkPrincipalArn } from './check-principal-arn';
import { PERMISSION_SET, type PermissionSet } from './permission-set';

/** A principal as a role is bound to it. */
export interface PrincipalBind {
  /** The ARN, which may hold references known only at apply. */
  readonly arn: string;
  /** The ARN is known only at apply, wholly or in part: Terraform checks its form. */
  readonly isReference: boolean;
  /** `*` at the end: matched at each login against the caller's full ARN, path included. */
  readonly wildcard: boolean;
  /** The wildcard is for a suffix that AWS chooses; nobody else can make such a principal. @default false */
  readonly reserved?: boolean;
  /** What Terraform checks of its parts. @default the form of the ARN, if it is a reference */
  readonly preconditions?: readonly Precondition[];
  /** What Vault looks up in AWS to match it. */
  readonly lookUp: LookUp;
  /** Where Vault looks it up. @default an account that is known only at apply */
  readonly account?: LookUpAccount;
  /** Its unique ID, if Terraform knows it, and a name for it that is unique in the stack. */
  readonly identity?: { readonly name: string; readonly uniqueId: string };
}

/** Who may log in by a role. */
export class BoundPrincipal {
  /** All IAM users of the account that the stack is applied in, present and future. */
  static allUsers(): BoundPrincipal {
    return new BoundPrincipal((scope) => inAccount(scope, 'user', '*'));
  }

  /** All IAM roles of the account that the stack is applied in, present and future. */
  static allRoles(): BoundPrincipal {
    return new BoundPrincipal((scope) => inAccount(scope, 'role', '*'));
  }

  /**
   * An IAM user or role that this app makes or looks up. When it is replaced, Terraform replaces the role too: Vault
   * knows a principal by its unique ID, and would refuse the new one.
   */
  static of(principal: IamUser | IamRole | DataAwsIamUser | DataAwsIamRole): BoundPrincipal {
    const kind = principal instanceof IamRole || principal instanceof DataAwsIamRole ? 'role' : 'user';
    const uniqueId = principal instanceof DataAwsIamUser ? principal.userId : principal.uniqueId;
    return new BoundPrincipal(() => ({
      arn: principal.arn,
      isReference: true,
      wildcard: false,
      lookUp: `look-up-${kind}s`,
      // With another provider it may be in another account.
      account: principal.provider === undefined ? TerraformStack.of(principal) : undefined,
      identity: { name: `made_${principal.friendlyUniqueId}`, uniqueId },
    }));
  }

  /**
   * One IAM user of the account that the stack is applied in, looked up at each plan. The plan fails if there is
   * none. When somebody deletes it and makes it again, the next apply lets it in again.
   *
   * @param name the user's name, known at synth; its path comes from the look-up
   */
  static userFromLookup(name: string): BoundPrincipal {
    return new BoundPrincipal(
      (scope) => {
        if (Token.isUnresolved(name)) {
          return inAccount(scope, 'user', name);
        }
        const { arn, userId } = lookedUp(
          scope,
          `user_${name}`,
          (folder, id) => new DataAwsIamUser(folder, id, { userName: name }),
        );
        return fromLookup(scope, 'user', name, arn, userId);
      },
      checkLookedUpName('user', name),
    );
  }

  /** One IAM role, as {@link userFromLookup} does for a user. @param name without its path, known at synth */
  static roleFromLookup(name: string): BoundPrincipal {
    return new BoundPrincipal(
      (scope) => {
        if (Token.isUnresolved(name)) {
          return inAccount(scope, 'role', name);
        }
        const { arn, uniqueId } = lookedUp(
          scope,
          `role_${name}`,
          (folder, id) => new DataAwsIamRole(folder, id, { name }),
        );
        return fromLookup(scope, 'role', name, arn, uniqueId);
      },
      checkLookedUpName('role', name),
    );
  }

  /**
   * One IAM user of the account that the stack is applied in.
   *
   * A user that is deleted and made again under its name is locked out until the role is replaced. `terraform apply
   * -replace=ADDRESS` replaces it; {@link userFromLookup} notices the new user by itself.
   *
   * @param name the user's name
   * @param path the user's IAM path, which begins and ends with `/`
   */
  static user(name: string, path = '/'): BoundPrincipal {
    return BoundPrincipal.named('user', name, path);
  }

  /**
   * One IAM role of the account that the stack is applied in: each principal that may assume it can log in.
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
   * @param arn `arn:PARTITION:iam::ACCOUNT:user/NAME` or `role/NAME`, in which parts may be references, or a
   *   reference to a resource's ARN as a whole
   * @param kind needed if the text does not say it @default what the ARN says
   */
  static arn(arn: string, kind?: 'user' | 'role'): BoundPrincipal {
    if (typeof arn !== 'string') {
      return BoundPrincipal.arn('', kind);
    }
    const said = kind ?? principalsNamedBy(arn)?.kind;
    return new BoundPrincipal(
      () => ({
        arn,
        isReference: Token.isUnresolved(arn),
        wildcard: arn.endsWith('*'),
        lookUp: said === 'role' ? 'look-up-roles' : 'look-up-users',
        account: arnParts(arn).accountId || undefined,
      }),
      checkPrincipalArn(arn, said),
    );
  }

  /**
   * The people who have a permission set of IAM Identity Center.
   *
   * AWS makes a role for it in each account, with a suffix that AWS chooses. The bind has a wildcard for the suffix,
   * so Vault looks up the role at each login: an account other than Vault's own needs an {@link StsRole}. Vault's
   * wildcard can't be narrower: it also lets in a permission set whose name begins with this name and `_`.
   *
   * All its people are one principal to Vault. To tell them apart, see {@link PeopleGroups}.
   */
  static permissionSet(permissionSet: PermissionSet): BoundPrincipal {
    const { name, region, account } = permissionSet;
    const resource = `role/${reservedPath(region)}${reservedRolePrefix(name)}*`;
    return new BoundPrincipal(
      (scope) => ({
        arn: AwsAccount.of(scope).iamArn(resource, account),
        isReference: [name, region, account].some((part) => Token.isUnresolved(part)),
        wildcard: true,
        reserved: true,
        preconditions: PERMISSION_SET.atApply?.('permissionSet', permissionSet),
        lookUp: 'look-up-roles',
        account: account ?? TerraformStack.of(scope),
      }),
      [PERMISSION_SET.unknown, PERMISSION_SET.rule].flatMap(
        (check) => check?.('permissionSet', permissionSet) ?? [],
      ),
    );
  }

  private static named(kind: 'user' | 'role', name: string, path: string): BoundPrincipal {
    const place = `path of ${kind} '${name}'`;
    return new BoundPrincipal(
      (scope) => ({
        ...inAccount(scope, kind, name, path),
        isReference: Token.isUnresolved(name) || Token.isUnresolved(path),
        preconditions: [...(NAMES[kind].atApply?.(kind, name) ?? []), ...(PATH.atApply?.(place, path) ?? [])],
      }),
      [
        ...checkName(kind, name),
        ...(PATH.rule?.(place, path) ?? []),
        // The rest of the path is known only at apply.
        ...(Token.isUnresolved(path) && /[:*]/.test(path)
          ? [`${place}: an IAM path must be without ':' and '*'; got '${path}'`]
          : []),
      ],
    );
  }

  private constructor(
    /** For a role: {@link bindOf}. */
    private readonly bind: (scope: Construct) => PrincipalBind,
    /** For a role: {@link problemsOf}. */
    private readonly problems: readonly string[] = [],
  ) {}
}

/** The bind of a principal, for a construct: account and partition come from its stack. */
export function bindOf(principal: BoundPrincipal, scope: Construct): PrincipalBind {
  return principal['bind'](scope);
}

/** What is wrong with a principal, a sentence each. */
export function problemsOf(principal: BoundPrincipal): readonly string[] {
  return principal['problems'];
}

function inAccount(scope: Construct, kind: 'user' | 'role', name: string, path = '/'): PrincipalBind {
  return {
    // A path begins with '/', also if it is a reference.
    arn: AwsAccount.of(scope).iamArn(`${kind}${path}${name}`),
    // Partition and account are references, and well-formed ones.
    isReference: false,
    wildcard: name === '*',
    lookUp: kind === 'role' ? 'look-up-roles' : 'look-up-users',
    account: TerraformStack.of(scope),
  };
}

const NAMES = { user: matching(IDENTIFIERS.userName), role: matching(IDENTIFIERS.roleName) };
const PATH = matching(IDENTIFIERS.iamPath);

function checkName(kind: 'user' | 'role', name: string): readonly string[] {
  return NAMES[kind].rule?.(kind, name) ?? [];
}

/** The name is part of the data source's address. */
function checkLookedUpName(kind: 'user' | 'role', name: string): readonly string[] {
  return Token.isUnresolved(name)
    ? [
        `bound principal: the name of a ${kind} that is looked up must be known at synth, or use BoundPrincipal.${kind} or .arn; got '${name}'`,
      ]
    : checkName(kind, name);
}

/** The data source of a principal; one in each stack. */
function lookedUp<T extends Construct>(
  scope: Construct,
  id: string,
  declare: (folder: Construct, id: string) => T,
): T {
  const folder = stackFolder(scope, 'lookup');
  return (folder.node.tryFindChild(id) as T | undefined) ?? declare(folder, id);
}

function fromLookup(
  scope: Construct,
  kind: 'user' | 'role',
  name: string,
  arn: string,
  uniqueId: string,
): PrincipalBind {
  return {
    arn,
    isReference: true,
    wildcard: false,
    lookUp: `look-up-${kind}s`,
    account: TerraformStack.of(scope),
    identity: { name: `${kind}_${name}`, uniqueId },
  };
}
