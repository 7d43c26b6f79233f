/** An IAM principal as Vault reads it from an ARN. */
export interface Principal {
  readonly kind: 'user' | 'role';
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly accountId: string;
  /** The name, without its path. */
  readonly name: string;
  /** The session, where the ARN is that of an assumed role. */
  readonly session?: string;
}

const NEVER: ReadonlyMap<string, string> = new Map([
  ['root', 'the root user of an account, which Vault lets in by no role'],
  ['federated-user', 'a federated user, which Vault lets in by no role'],
  ['group', 'a group: its members log in, each by its own ARN'],
  ['instance-profile', 'an instance profile: its role logs in'],
]);

const KINDS: ReadonlyMap<string, Principal['kind']> = new Map([
  ['iam:user', 'user'],
  ['iam:role', 'role'],
  ['sts:assumed-role', 'role'],
]);

/**
 * Reads the ARN of a user, of a role, or of an assumed role, which is turned into its role.
 *
 * Source: `parseIamArn` in `path_login.go` of Vault's builtin/credential/aws (1.21.1).
 *
 * @throws Error where no such principal can log in to Vault, with the reason
 */
export function parsePrincipal(arn: string): Principal {
  const [prefix, partition, service, , accountId, resource, ...more] = arn.split(':');
  const [type = '', ...segments] = (resource ?? '').split('/');
  const never = NEVER.get(type);
  if (never) {
    throw new Error(`'${arn}' is ${never}.`);
  }
  const kind = KINDS.get(`${service}:${type}`);
  const assumed = type === 'assumed-role';
  const complete = segments.length >= (assumed ? 2 : 1) && segments.every((segment) => segment !== '');
  if (prefix !== 'arn' || more.length > 0 || !kind || !/^\d{12}$/.test(accountId ?? '') || !complete) {
    throw new Error(
      `'${arn}' is not the ARN of a principal: arn:aws:iam::ACCOUNT:user/NAME, arn:aws:iam::ACCOUNT:role/NAME or ` +
        'arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION.',
    );
  }
  if (arn.includes('*')) {
    throw new Error(`'${arn}' has a '*': name one principal.`);
  }
  return {
    kind,
    partition: partition!,
    accountId: accountId!,
    name: assumed ? segments[0]! : segments.at(-1)!,
    ...(assumed && { session: segments.slice(1).join('/') }),
  };
}

/** The ARN without path and session, by which Vault knows a principal where it resolves none. */
export function canonicalArn({ partition, accountId, kind, name }: Principal): string {
  return `arn:${partition}:iam::${accountId}:${kind}/${name}`;
}
