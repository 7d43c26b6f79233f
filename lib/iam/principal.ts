import { arnParts, iamArn, nameOfArn } from './arn';
import { PRINCIPAL_ARN, SESSION_ARN } from './arn-patterns';

/** An IAM principal as Vault reads it from an ARN. */
export interface Principal {
  readonly kind: 'user' | 'role';
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly accountId: string;
  /** The name, without its path. */
  readonly name: string;
  /** The session, if the ARN is that of an assumed role. */
  readonly session?: string;
}

const NEVER: ReadonlyMap<string, string> = new Map([
  ['root', 'the root user of an account, which no role of Vault lets in'],
  ['federated-user', 'a federated user, which no role of Vault lets in'],
  ['group', 'a group: its members log in, each by its own ARN'],
  ['instance-profile', 'an instance profile: its role logs in'],
]);

/**
 * Reads the ARN of a user, of a role, or of an assumed role, which is turned into its role.
 *
 * Source: `parseIamArn` in `path_login.go` of Vault's builtin/credential/aws (1.21.1).
 *
 * @throws Error if no such principal can log in to Vault, with the reason
 */
export function parsePrincipal(arn: string): Principal {
  const { partition, accountId, resource } = arnParts(arn);
  const [type = '', first = '', second = ''] = resource.split('/');
  const never = NEVER.get(type);
  if (never) {
    throw new Error(`'${arn}' is ${never}.`);
  }
  if (SESSION_ARN.test(arn)) {
    return { kind: 'role', partition, accountId, name: first, session: second };
  }
  if (PRINCIPAL_ARN.test(arn)) {
    return { kind: type === 'role' ? 'role' : 'user', partition, accountId, name: nameOfArn(arn) };
  }
  if (arn.startsWith('arn:') && arn.includes('*')) {
    throw new Error(`'${arn}' has a '*': name one principal.`);
  }
  throw new Error(
    `'${arn}' is not the ARN of a principal: arn:aws:iam::ACCOUNT:user/NAME, arn:aws:iam::ACCOUNT:role/NAME or ` +
      'arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION.',
  );
}

/** What a bind says of the principals that it is for, also if other parts of it are known only at apply. */
export interface NamedPrincipals {
  readonly kind: Principal['kind'];
  /** Path and name, or what they begin with and `*`. */
  readonly name: string;
}

/** Reads a bind, which may have references in it; undefined if it does not say whether it is for users or roles. */
export function principalsNamedBy(bind: string): NamedPrincipals | undefined {
  const [, kind, name = ''] = /:(user|role)\/(.*)$/.exec(bind) ?? [];
  return kind === 'user' || kind === 'role' ? { kind, name } : undefined;
}

/** The ARN without path and session, by which Vault knows a principal that it does not resolve. */
export function canonicalArn(principal: Principal): string {
  return iamArn(principal, `${principal.kind}/${principal.name}`);
}
