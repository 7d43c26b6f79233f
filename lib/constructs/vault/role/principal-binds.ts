import { Fn, type Precondition, type TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import {
  missedRoles,
  PRINCIPAL_ARN,
  PRINCIPAL_ARN_OR_PREFIX,
  principalsNamedBy,
  WITHOUT_PATH,
  withoutPath,
} from '../../../iam';
import {
  type Field,
  forFunction,
  instanceOf,
  listOf,
  regexCheck,
  type Warning,
  withRule,
} from '../../checks';
import { TerraformData } from '../../terraform';
import type { LookUpAccount, LookUpIn } from '../mount/look-up-accounts';
import type { Caller, TemplatesFor } from '../mount/caller';
import { stackFolder } from '../stack-folder';
import { bindOf, BoundPrincipal, type PrincipalBind, problemsOf } from './bound-principal';

/** What they must be. */
export const BOUND_PRINCIPALS: Field = listOf(
  withRule(instanceOf(BoundPrincipal), (_, principal: BoundPrincipal) => problemsOf(principal)),
);

/** What the bound principals mean for a role of type iam, with inference or without. */
export interface PrincipalBinds {
  readonly fields: { readonly boundIamPrincipalArns?: string[]; readonly resolveAwsUniqueIds: boolean };
  readonly lookUps: readonly LookUpIn[];
  /** The accounts of the principals; undefined for one that nobody knows. */
  readonly accounts: readonly LookUpAccount[] | undefined;
  readonly looksUpAtWrite: boolean;
  readonly identities: readonly TerraformResource[];
  readonly preconditions: readonly Precondition[];
  readonly warnings: () => Warning[];
  readonly callers: (said?: TemplatesFor) => readonly Caller[];
}

/** Binds a role to principals. @param resolve whether Vault resolves them to their unique IDs */
export function bindPrincipals(
  role: Construct,
  principals: readonly BoundPrincipal[],
  resolve: boolean,
): PrincipalBinds {
  const binds = principals.map((principal) => bindOf(principal, role));
  return {
    fields: {
      boundIamPrincipalArns:
        binds.length > 0
          ? binds.map((bind) => (resolve || bind.wildcard ? bind.arn : byName(bind)))
          : undefined,
      resolveAwsUniqueIds: resolve,
    },
    lookUps: binds
      .filter(({ wildcard }) => wildcard || resolve)
      .map(({ lookUp, account }) => ({ lookUp, accounts: account === undefined ? undefined : [account] })),
    accounts: allKnown(binds.map(({ account }) => account)),
    looksUpAtWrite: resolve && binds.some(({ wildcard }) => !wildcard),
    identities: resolve ? binds.flatMap((bind) => identityOf(role, bind)) : [],
    preconditions: binds.flatMap((bind, index) => whenArnKnown(`boundPrincipals[${index}]`, bind)),
    callers: (said) => binds.map((bind) => callerBehind(bind, said)),
    warnings: () => [...binds.flatMap(warnOfWildcard), ...(resolve ? [] : warnOfNames(binds))],
  };
}

function allKnown(accounts: readonly (LookUpAccount | undefined)[]): readonly LookUpAccount[] | undefined {
  const known = accounts.filter((account) => account !== undefined);
  return known.length > 0 && known.length === accounts.length ? known : undefined;
}

/** People of a permission set have session names that nobody chooses. */
function callerBehind({ lookUp, wildcard, reserved = false }: PrincipalBind, said?: TemplatesFor): Caller {
  if (said === 'vault-role') {
    return { kind: said };
  }
  const kind = lookUp === 'look-up-users' ? 'user' : (said ?? 'session');
  return reserved && said !== 'iam-role' ? { kind: 'person' } : { kind, wildcard: wildcard && !reserved };
}

/**
 * The ARN without the path, because Vault would never match one with a path. A name is unique in its account anyway.
 */
function byName({ arn, isReference }: PrincipalBind): string {
  return isReference ? Fn.replace(forFunction(arn), ...WITHOUT_PATH) : withoutPath(arn);
}

/**
 * A resource that changes when the principal was deleted and made again. The role must then be replaced, because it
 * knows the principal by the old ID.
 */
function identityOf(role: Construct, { identity }: PrincipalBind): TerraformResource[] {
  if (!identity) {
    return [];
  }
  const folder = stackFolder(role, 'principal');
  const known = folder.node.tryFindChild(identity.name) as TerraformData | undefined;
  return [known ?? new TerraformData(folder, identity.name, { input: { unique_id: identity.uniqueId } })];
}

function whenArnKnown(place: string, bind: PrincipalBind): readonly Precondition[] {
  const { arn, isReference, wildcard, preconditions } = bind;
  if (preconditions) {
    return preconditions.map((each) => ({ ...each, errorMessage: `${place}: ${each.errorMessage}` }));
  }
  return isReference
    ? [
        {
          condition: regexCheck(wildcard ? PRINCIPAL_ARN_OR_PREFIX : PRINCIPAL_ARN, arn),
          errorMessage: `${place}: must be arn:PARTITION:iam::ACCOUNT:user/NAME or role/NAME, because Vault would never match another form; got '${arn}'`,
        },
      ]
    : [];
}

function warnOfWildcard({ arn, wildcard, reserved = false, lookUp }: PrincipalBind): Warning[] {
  if (!wildcard || reserved) {
    return [];
  }
  const kind = lookUp === 'look-up-roles' ? 'role' : 'user';
  const named = principalsNamedBy(arn);
  const name = named ? `${named.kind}/${named.name}` : arn;
  if (named && missedRoles(named.name)) {
    return [
      {
        id: 'bind-wildcard',
        message: `bound principal: this matches the roles of IAM Identity Center only if it is set up in us-east-1, because any other region is in their path; use BoundPrincipal.permissionSet({ name, region }); got '${name}'`,
      },
    ];
  }
  return [
    named?.name === '*'
      ? {
          id: 'bind-all-principals',
          message: `bound principal: all IAM ${kind}s of the account may log in, present and future; got '${name}'`,
        }
      : {
          id: 'bind-wildcard',
          message: `bound principal: anyone who may make an IAM ${kind} with a matching name or path may log in; got '${name}'`,
        },
  ];
}

function warnOfNames(binds: readonly PrincipalBind[]): Warning[] {
  const names = binds.filter(({ wildcard }) => !wildcard);
  return names.length === 0
    ? []
    : [
        {
          id: 'resolve-off',
          message:
            'resolveAwsUniqueIds: a principal that is deleted and made again under its name inherits the access; got false',
        },
      ];
}
