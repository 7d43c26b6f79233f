import { ACCOUNT_ID, arnParts, permissionSetOf, principalsNamedBy } from '../iam';
import { hasUnknown, referencesOf, textOf, textsOf, type Value, type Values } from '../terraform';

/** The principals that a bind lets in. */
export interface PrincipalSet {
  readonly kind:
    | 'user'
    | 'role'
    | 'permission-set'
    | 'by-prefix'
    | 'all-of-account'
    | 'everybody'
    | 'instances'
    | 'members'
    | 'unknown';
  /** Who it is, as a noun: `all IAM users of 123456789012`. The same label is the same principal. */
  readonly label: string;
  /** The bind, if there is one. */
  readonly bind?: string;
  /** The account's 12 digits, if the bind has them. */
  readonly account?: string;
}

/** How wide a principal is: 0 for one, more for many. */
export function widthOf({ kind }: PrincipalSet): number {
  return {
    everybody: 4,
    'all-of-account': 3,
    unknown: 2,
    'by-prefix': 2,
    'permission-set': 1,
    instances: 1,
    members: 1,
    user: 0,
    role: 0,
  }[kind];
}

/** The principals that one of `bound_iam_principal_arns` lets in. A `*` counts only at the end, as in Vault. */
export function principalOfArn(arn: string): PrincipalSet {
  const { accountId, resource } = arnParts(arn);
  const named = principalsNamedBy(arn);
  const account = named && accountId;
  if (!arn.endsWith('*')) {
    return { kind: named?.kind ?? 'user', label: arn, bind: arn, account };
  }
  if (named === undefined) {
    return resource !== '*' || !ACCOUNT_ID.test(accountId)
      ? { kind: 'everybody', label: `all principals whose ARN matches ${arn}`, bind: arn }
      : {
          kind: 'all-of-account',
          label: `all IAM users and roles of ${accountId}`,
          bind: arn,
          account: accountId,
        };
  }
  const { kind, name } = named;
  if (name === '*') {
    return { kind: 'all-of-account', label: `all IAM ${kind}s of ${account}`, bind: arn, account };
  }
  const set = permissionSetOf(name);
  return set === undefined || kind !== 'role'
    ? { kind: 'by-prefix', label: `IAM ${kind}s of ${account} named ${name}`, bind: arn, account }
    : {
        kind: 'permission-set',
        label: `people with the permission set ${set} in ${account}`,
        bind: arn,
        account,
      };
}

/** The binds of roles for instances. Every one must match, each with one of its values. */
export const INSTANCE_BINDS: readonly (readonly [attribute: string, what: string])[] = [
  ['bound_ec2_instance_ids', 'ID'],
  ['bound_ami_ids', 'AMI'],
  ['bound_account_ids', 'account'],
  ['bound_regions', 'region'],
  ['bound_vpc_ids', 'VPC'],
  ['bound_subnet_ids', 'subnet'],
  ['bound_iam_role_arns', 'role'],
  ['bound_iam_instance_profile_arns', 'instance profile'],
];

/** The principals that a role of the method lets in. */
export function principalsOf(role: Values): PrincipalSet[] {
  const inferred = textOf(role.inferred_entity_type) !== undefined;
  const arns = role.bound_iam_principal_arns;
  const sessions = [
    ...textsOf(arns).map(principalOfArn),
    ...(hasUnknown(arns) ? [unknownPrincipal(arns)] : []),
  ];
  if (role.auth_type === 'iam' && !inferred) {
    return sessions;
  }
  const instances: PrincipalSet = { kind: 'instances', label: describeInstances(role) };
  // With inference the session must match too, and a bind of both kinds narrows.
  return inferred && sessions.length > 0
    ? sessions.map((session) => ({
        ...instances,
        label: `${instances.label}, in a session of ${session.label}`,
        bind: session.bind,
        account: session.account,
      }))
    : [instances];
}

function describeInstances(role: Values): string {
  const binds = INSTANCE_BINDS.flatMap(([attribute, what]) => {
    const value = role[attribute];
    const texts = [...textsOf(value), ...(hasUnknown(value) ? ['one known after apply'] : [])];
    return texts.length === 0 ? [] : [`${what} ${texts.join(' or ')}`];
  });
  return binds.length === 0 ? 'all EC2 instances that Vault can see' : `EC2 instances of ${binds.join(', ')}`;
}

function unknownPrincipal(value: Value): PrincipalSet {
  const references = referencesOf(value).filter(
    (reference) => !/^(?:local|each|var|count)\b/.test(reference),
  );
  const [from] = references.length > 0 ? references : referencesOf(value);
  return { kind: 'unknown', label: `the principal that ${from ?? 'an expression'} names, known after apply` };
}
